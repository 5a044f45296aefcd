using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Sputnik.Generation;

/// <summary>An answer as it is drawn. For one reader; <see cref="StopThinking"/> may be called from any thread.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of pieces; nobody takes it for System.IO.Stream.")]
public sealed class AnswerStream : IAsyncDisposable
{
    private readonly TokenStream _tokens;
    private readonly AnswerChoice[] _choices;

    internal AnswerStream(TokenStream tokens, AnswerChoice[] choices) => (_tokens, _choices) = (tokens, choices);

    /// <summary>Tokens of the prompt.</summary>
    public int PromptTokens => _tokens.Request.Prompt.Count;

    /// <summary>Those of them found in the cache; certain once it was begun.</summary>
    public int CachedTokens => _tokens.CachedTokens;

    /// <summary>Time it waited before it was begun; null until then. For any thread.</summary>
    public TimeSpan? Queued => _tokens.Queued;

    /// <summary>Tokens drawn so far, of all choices, thinking and what was not read included. For any thread.</summary>
    public int DrawnTokens => _tokens.DrawnTokens;

    /// <summary>Tokens of thinking among those read, of all choices. For the reader.</summary>
    public int ThinkingTokens => _choices.Sum(choice => choice.ThinkingTokens);

    /// <summary>Every piece of every choice. A piece's text is never empty, its characters are whole.</summary>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public async IAsyncEnumerable<AnswerPiece> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (TokenEvent token in _tokens.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            foreach (AnswerPiece piece in _choices[token.Choice].Push(token))
            {
                yield return piece;
            }
        }
    }

    /// <summary>
    /// Makes every choice that still thinks close its thinking at its next token and go on with the answer, as if its budget
    /// were used up. One that answers already is left alone.
    /// </summary>
    public void StopThinking()
    {
        foreach (AnswerChoice choice in _choices)
        {
            choice.Guide.StopThinking();
        }
    }

    /// <summary>Cancels what is not drawn yet.</summary>
    public ValueTask DisposeAsync() => _tokens.DisposeAsync();
}
