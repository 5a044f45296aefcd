using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>An answer as it is drawn.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of pieces; nobody takes it for System.IO.Stream.")]
public sealed class AnswerStream : IAsyncDisposable
{
    private readonly TokenStream _tokens;
    private readonly Tokenizer _tokenizer;
    private readonly bool _thinking;

    internal AnswerStream(TokenStream tokens, Tokenizer tokenizer, bool thinking)
    {
        _tokens = tokens;
        _tokenizer = tokenizer;
        _thinking = thinking;
    }

    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens => _tokens.Request.Prompt.Count;

    /// <summary>Those of them found in the cache; certain once the first piece has come.</summary>
    public int CachedTokens => _tokens.CachedTokens;

    /// <summary>Every piece of every choice.</summary>
    public async IAsyncEnumerable<AnswerPiece> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ReasoningStream[] streams = [.. Enumerable.Range(0, _tokens.Request.Choices).Select(_ => new ReasoningStream(_tokenizer, _thinking))];
        int[] counts = new int[streams.Length], thought = new int[streams.Length];
        await foreach (TokenEvent token in _tokens.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            ReasoningStream stream = streams[token.Choice];
            counts[token.Choice]++;
            thought[token.Choice] += stream.Part == ReasoningPart.Thinking ? 1 : 0;
            ReasoningPiece piece = stream.Push(token.Token.Id);
            yield return Piece(token.Choice, piece);
            if (token.Finish is FinishReason finish)
            {
                yield return Piece(token.Choice, stream.Flush());
                AnswerEndReason reason = finish == FinishReason.Stop ? AnswerEndReason.Stop : AnswerEndReason.Length;
                bool inside = stream.Part == ReasoningPart.Thinking;
                yield return new(token.Choice, AnswerPieceKind.Finish, "")
                {
                    End = new(reason, null, inside, false, counts[token.Choice], thought[token.Choice]),
                };
            }
        }
    }

    /// <summary>Cancels what is not drawn yet.</summary>
    public ValueTask DisposeAsync() => _tokens.DisposeAsync();

    private static AnswerPiece Piece(int choice, ReasoningPiece piece) =>
        new(choice, piece.Part == ReasoningPart.Thinking ? AnswerPieceKind.Thinking : AnswerPieceKind.Content, piece.Text);
}
