using System.Text;
using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>One continuation as its tokens come: the text before a stop, and log-probs beside it.</summary>
internal sealed class CompletionText(int index, CompletionPlan plan, TokenRequest request, ServedModel model)
{
    private readonly Tokenizer _tokenizer = model.Responder.Loaded.Tokenizer;
    private readonly StreamDecoder _decoder = new(model.Responder.Loaded.Tokenizer, skipControl: true);
    private readonly StopMatcher _stop = new(plan.Stops);
    private readonly StringBuilder _text = new();
    private readonly List<TokenLine> _lines = [];
    private int _told;
    private int _toldLines;
    private bool _begun;

    /// <summary>One token beside the text.</summary>
    /// <param name="Text">Its own text.</param>
    /// <param name="LogProb">Null for the first of a prompt.</param>
    /// <param name="Top">Null where none were computed.</param>
    /// <param name="Offset">Where it stands in the text.</param>
    internal sealed record TokenLine(string Text, float? LogProb, IReadOnlyList<TokenLogProb>? Top, int Offset);

    public int Index => index;

    public FinishReason? Finish { get; private set; }

    /// <summary>Whether anything came that was not told yet.</summary>
    public bool HasNews => _text.Length > _told || Finish is not null;

    /// <summary>Text and tokens since the last call.</summary>
    public (string Text, IReadOnlyList<TokenLine>? Lines) News()
    {
        (string Text, IReadOnlyList<TokenLine>? Lines) news = (_text.ToString(_told, _text.Length - _told), plan.LogProbs ? _lines[_toldLines..] : null);
        (_told, _toldLines) = (_text.Length, _lines.Count);
        return news;
    }

    public void Take(TokenEvent token, TokenRun run)
    {
        if (!_begun && plan.Echo)
        {
            Echo(run);
        }

        _begun = true;
        Finish = token.Finish;
        if (!plan.Draws)
        {
            return;
        }

        bool ends = token.Finish == FinishReason.Stop && request.StopTokens.Contains(token.Token.Id);
        if (!ends && _stop.Found is null)
        {
            Line(token.Token.Id, token.Token.LogProb, token.Top);
        }

        _text.Append(_stop.Push(ends ? "" : _decoder.Push(token.Token.Id)));
        if (token.Finish is not null)
        {
            _text.Append(_stop.Push(_decoder.Flush())).Append(_stop.Flush());
        }
    }

    private void Echo(TokenRun run)
    {
        IReadOnlyList<TokenLogProb> known = plan.LogProbs ? run.PromptLogProbs(index / request.Choices) : [];
        var decoder = new StreamDecoder(_tokenizer);
        for (int i = 0; i < request.Prompt.Count; i++)
        {
            if (plan.LogProbs)
            {
                Line(request.Prompt[i], i == 0 ? null : known[i - 1].LogProb, null);
            }

            _text.Append(decoder.Push(request.Prompt[i]));
        }

        _text.Append(decoder.Flush());
    }

    private void Line(int id, float? logProb, IReadOnlyList<TokenLogProb>? top) => _lines.Add(new(_tokenizer.Decode([id]), logProb, top, _text.Length));
}
