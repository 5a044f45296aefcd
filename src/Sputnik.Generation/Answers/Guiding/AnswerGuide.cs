using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>
/// Steers one choice of an answer: first the thinking's budget, then, behind the thinking only, stop strings and what the
/// answer must look like; over both a watch for loops. Where one call only may come and no grammar sees to it, its end is the
/// answer's.
/// </summary>
internal sealed class AnswerGuide : ITokenGuide
{
    private readonly AnswerReader _reader;
    private readonly ThinkingBudget _budget;
    private readonly LoopDetector? _loops;
    private readonly Func<ITokenGuide>? _content;
    private readonly ToolCallStream? _onlyCall;
    private readonly int? _open;
    private readonly List<ReasoningPiece> _unread = [];
    private ITokenGuide? _format;
    private bool _called;
    private volatile bool _asked;

    /// <param name="form">How tokens are read; budget, stop strings, loops.</param>
    /// <param name="content">Makes what steers the text after the thinking; null where it is free.</param>
    public AnswerGuide(AnswerForm form, Func<ITokenGuide>? content)
    {
        ThinkingOptions thinking = form.Request.Thinking;
        _reader = form.Reader();
        _budget = new(form.Tokenizer, thinking.Enabled == false ? 0 : thinking.Budget);
        _loops = form.Request.EndLoops ? new() : null;
        _content = content;
        _onlyCall = content is null && !form.Request.ParallelToolCalls && form.Dialect is ToolDialect dialect ? new(dialect) : null;
        _open = form.Tokenizer.Find(form.Tokenizer.SpecialTokens.ThinkStart);
        Renew();
    }

    /// <summary>Whether the sequence was ended because it looped.</summary>
    public bool Looped { get; private set; }

    /// <summary>Whether the thinking was closed for the model.</summary>
    public bool ClosedThinking => _budget.Closed;

    /// <inheritdoc/>
    public FinishReason? Ended => Looped || _called || _reader.StopString is not null ? FinishReason.Stop : _format?.Ended;

    /// <summary>Closes the thinking at the next token. For any thread.</summary>
    public void StopThinking() => _asked = true;

    /// <inheritdoc/>
    public int? Force() => _budget.Next(_reader, _asked) ?? _format?.Force();

    /// <inheritdoc/>
    public bool Restrict(TokenMask allowed)
    {
        bool restricts = _format?.Restrict(allowed) ?? false;
        if (restricts && _reader.Part is null && _open is int open)
        {
            allowed[open] = true; // it may think before it keeps to the format
        }

        return restricts;
    }

    /// <inheritdoc/>
    public void Accept(int token)
    {
        ReasoningPart? before = _reader.Part;
        _reader.Push(token, _unread);
        _called |= _onlyCall is not null && _unread.Exists(piece => piece.Part == ReasoningPart.Answer && Calls(_onlyCall, piece.Text));
        _unread.Clear();
        _budget.Accept(token, _reader);
        Looped |= _loops?.Push(token) ?? false;
        if (_reader.Part != before && (before == ReasoningPart.Thinking || _reader.Part == ReasoningPart.Thinking))
        {
            Renew();
        }
        else
        {
            _format?.Accept(token);
        }
    }

    private static bool Calls(ToolCallStream calls, string text) => calls.Push(text).Any(piece => piece.Kind == ToolCallPieceKind.End);

    /// <summary>The format begins anew where the answer begins, and rests while the model thinks.</summary>
    private void Renew() => _format = _reader.Part == ReasoningPart.Thinking ? null : _content?.Invoke();
}
