using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>
/// Steers one choice of an answer: first the thinking's budget, then, behind the thinking only, stop strings and what the
/// answer must look like; over both a watch for loops.
/// </summary>
internal sealed class AnswerGuide : ITokenGuide
{
    private readonly AnswerReader _reader;
    private readonly ThinkingBudget _budget;
    private readonly LoopDetector? _loops;
    private readonly Func<ITokenGuide>? _content;
    private readonly int? _open;
    private readonly List<ReasoningPiece> _unread = [];
    private ITokenGuide? _format;
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
        _open = form.Tokenizer.Find(form.Tokenizer.SpecialTokens.ThinkStart);
        Renew();
    }

    /// <summary>Whether the sequence was ended because it looped.</summary>
    public bool Looped { get; private set; }

    /// <summary>Whether the thinking was closed for the model.</summary>
    public bool ClosedThinking => _budget.Closed;

    /// <inheritdoc/>
    public FinishReason? Ended => Looped || _reader.StopString is not null ? FinishReason.Stop : _format?.Ended;

    /// <inheritdoc/>
    public int? Forced => _budget.Next(_reader, _asked) ?? _format?.Forced;

    /// <summary>Closes the thinking at the next token. For any thread.</summary>
    public void StopThinking() => _asked = true;

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

    /// <summary>The format begins anew where the answer begins, and rests while the model thinks.</summary>
    private void Renew() => _format = _reader.Part == ReasoningPart.Thinking ? null : _content?.Invoke();
}
