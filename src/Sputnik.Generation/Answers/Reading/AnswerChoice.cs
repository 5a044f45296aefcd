using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>One choice's tokens as pieces, on the caller's side.</summary>
internal sealed class AnswerChoice(AnswerForm form, AnswerGuide guide)
{
    private readonly AnswerReader _reader = form.Reader();
    private readonly CallReader? _calls = form.Dialect is ToolDialect dialect ? new(form, dialect) : null;
    private readonly List<ReasoningPiece> _read = [];
    private readonly List<TokenEvent> _tokens = []; // whose text is not out yet; kept where log-probs were asked for
    private int _completionTokens;

    /// <summary>What steers it.</summary>
    public AnswerGuide Guide => guide;

    /// <summary>Tokens of thinking so far.</summary>
    public int ThinkingTokens => _reader.ThinkingTokens;

    /// <summary>The pieces that a token makes certain; with the last token also how it ended.</summary>
    public IEnumerable<AnswerPiece> Push(TokenEvent token)
    {
        _completionTokens++;
        if (form.Request.TopLogProbs is not null)
        {
            _tokens.Add(token);
        }

        ReasoningPart? before = _reader.Part;
        _reader.Push(token.Token.Id, _read);
        foreach (AnswerPiece piece in Pieces(token.Choice))
        {
            yield return piece with { Tokens = Take() };
        }

        if (_reader.Part != before && (before ?? _reader.Part) == ReasoningPart.Thinking)
        {
            _tokens.Clear(); // a tag's own have no text
        }

        if (token.Finish is FinishReason finish)
        {
            _reader.Flush(_read);
            foreach (AnswerPiece piece in Pieces(token.Choice).Concat(_calls?.Flush(token.Choice) ?? []))
            {
                yield return piece with { Tokens = Take() };
            }

            yield return new(token.Choice, AnswerPieceKind.Finish, "") { Tokens = Take(), End = End(finish) };
        }
    }

    private IEnumerable<AnswerPiece> Pieces(int choice)
    {
        foreach ((ReasoningPart part, string text) in _read)
        {
            if (part == ReasoningPart.Answer && _calls is not null)
            {
                foreach (AnswerPiece piece in _calls.Push(choice, text))
                {
                    yield return piece;
                }
            }
            else
            {
                yield return new(choice, part == ReasoningPart.Thinking ? AnswerPieceKind.Thinking : AnswerPieceKind.Content, text);
            }
        }

        _read.Clear();
    }

    private TokenEvent[] Take()
    {
        TokenEvent[] tokens = [.. _tokens];
        _tokens.Clear();
        return tokens;
    }

    private AnswerEnd End(FinishReason finish)
    {
        AnswerEndReason reason = guide.Looped ? AnswerEndReason.Loop
            : _reader.StopString is null && finish != FinishReason.Stop ? AnswerEndReason.Length
            : _calls?.HasCalls == true ? AnswerEndReason.ToolCalls
            : AnswerEndReason.Stop;
        return new(reason, _reader.StopString, _reader.Part == ReasoningPart.Thinking, guide.ClosedThinking, _completionTokens, _reader.ThinkingTokens);
    }
}
