using System.Text;

namespace Sputnik.Text;

/// <summary>
/// Splits any model's response into thinking and answer while it is drawn, by the rules of <see cref="Reasoning"/>. A tag is
/// its token where the vocabulary has one, otherwise its characters, however tokens cut them. An undecided response thinks
/// if its first text is an opening tag. Held back is only what may still belong to a tag: a prefix of it, the line end
/// before a closing one, white space before an opening one, half a character. For one response; not for several threads.
/// </summary>
/// <param name="tokenizer">The vocabulary.</param>
/// <param name="start">Where the response begins.</param>
/// <param name="shown">Control tokens whose text is part of the response, such as what marks tool calls; null for none.</param>
public sealed class ReasoningSplitter(Tokenizer tokenizer, ReasoningStart start, IReadOnlySet<int>? shown = null)
{
    private readonly StreamDecoder _decoder = new(tokenizer, skipControl: true);
    private readonly string _openTag = tokenizer.SpecialTokens.ThinkStart;
    private readonly string _closeTag = tokenizer.SpecialTokens.ThinkEnd;
    private readonly int? _open = tokenizer.Find(tokenizer.SpecialTokens.ThinkStart);
    private readonly int? _close = tokenizer.Find(tokenizer.SpecialTokens.ThinkEnd);
    private string _held = "";
    private int _lineEndsToDrop = start.LineEndsToDrop;
    private int _tokensOfTag; // drawn since the held text began to look like a closing tag
    private bool _mayRepeatTag = start.Part == ReasoningPart.Thinking; // an opening tag that the prompt had already

    /// <summary>The half that the next token belongs to; null while it is not decided.</summary>
    public ReasoningPart? Part { get; private set; } = start.Part;

    /// <summary>Tokens of the thinking so far, those of its tags not counted.</summary>
    public int ThinkingTokens { get; private set; }

    /// <summary>
    /// Takes the next id and adds the text that is now certain. Tags have no text, nor has an id beyond the vocabulary: models
    /// may have rows without a token, to fill their matrices.
    /// </summary>
    public void Push(int id, ICollection<ReasoningPiece> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        if (id != _open && id != _close)
        {
            string text = id >= tokenizer.VocabularySize ? "" : shown?.Contains(id) == true ? _decoder.Flush() + Encoding.UTF8.GetString(tokenizer.Bytes(id)) : _decoder.Push(id);
            bool thinks = Part == ReasoningPart.Thinking;
            int heldBefore = _held.Length;
            int? closedAt = Read(text, pieces);
            Count(thinks, text.Length, startsBeforeTag: closedAt > heldBefore);
            return;
        }

        Read(_decoder.Flush(), pieces);
        if (id == _open ? Part is null || _mayRepeatTag : Part != ReasoningPart.Answer)
        {
            Turn(id == _open);
            return;
        }

        Read(id == _open ? _openTag : _closeTag, pieces);
        ThinkingTokens += Part == ReasoningPart.Thinking ? 1 : 0;
    }

    /// <summary>Ends the response and adds what was held back: without a closing tag all of it is thinking.</summary>
    public void Flush(ICollection<ReasoningPiece> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        Read(_decoder.Flush(), pieces);
        ThinkingTokens += _tokensOfTag;
        _tokensOfTag = 0;
        Part ??= ReasoningPart.Answer;
        Emit(pieces, _held);
        _held = "";
    }

    /// <summary>Reads on, through as many parts as the text has; returns where in held and new text together a closing tag was.</summary>
    private int? Read(string arrived, ICollection<ReasoningPiece> pieces)
    {
        int? closedAt = null;
        string? rest = arrived.Length == 0 ? null : _held + arrived;
        while (rest is not null)
        {
            _held = "";
            rest = Part switch
            {
                null => Undecided(rest),
                ReasoningPart.Thinking => Thinking(rest, pieces, ref closedAt),
                _ => Answer(rest, pieces),
            };
        }

        return closedAt;
    }

    private string? Undecided(string text)
    {
        string start = text.TrimStart();
        if (StartsWith(start, _openTag, _open) is bool opens && (opens || start.Length > 0))
        {
            return opens ? After(_openTag, opening: true) : Hold(text);
        }

        if (StartsWith(start, _closeTag, _close) is bool closes && (closes || start.Length > 0))
        {
            return closes ? After(_closeTag, opening: false) : Hold(text);
        }

        if (start.Length == 0)
        {
            return Hold(text);
        }

        Part = ReasoningPart.Answer;
        return text;

        string After(string tag, bool opening)
        {
            Turn(opening);
            return start[tag.Length..];
        }
    }

    private string? Thinking(string text, ICollection<ReasoningPiece> pieces, ref int? closedAt)
    {
        if (_mayRepeatTag && StartsWith(text, _openTag, _open) is bool repeats)
        {
            if (!repeats)
            {
                return Hold(text);
            }

            Turn(opening: true);
            return text[_openTag.Length..];
        }

        _mayRepeatTag = false;
        string kept = WithoutLineEnds(text);
        int at = _close is null ? kept.IndexOf(_closeTag, StringComparison.Ordinal) : -1;
        if (at >= 0)
        {
            closedAt = text.Length - kept.Length + at;
            Emit(pieces, at > 0 && kept[at - 1] == '\n' ? kept[..(at - 1)] : kept[..at]);
            Turn(opening: false);
            return kept[(at + _closeTag.Length)..];
        }

        int tag = _close is null ? Overlap.Of(kept, _closeTag) : 0;
        int held = tag + (kept.AsSpan(0, kept.Length - tag).EndsWith("\n") ? 1 : 0);
        Emit(pieces, kept[..^held]);
        return Hold(kept[^held..]);
    }

    private string? Answer(string text, ICollection<ReasoningPiece> pieces)
    {
        Emit(pieces, WithoutLineEnds(text));
        return null;
    }

    /// <summary>Goes on behind a tag. What is held is white space or a line end that belongs to it.</summary>
    private void Turn(bool opening)
    {
        Part = opening ? ReasoningPart.Thinking : ReasoningPart.Answer;
        _held = "";
        _mayRepeatTag = false;
        _tokensOfTag = 0;
        _lineEndsToDrop = opening ? Reasoning.LineEndsAfterOpen : Reasoning.LineEndsAfterClose;
    }

    private void Count(bool thinks, int length, bool startsBeforeTag)
    {
        if (Part != ReasoningPart.Thinking)
        {
            ThinkingTokens += thinks && startsBeforeTag ? 1 : 0;
        }
        else if (thinks && _held.Length >= length && _held.Contains('<', StringComparison.Ordinal))
        {
            _tokensOfTag++;
        }
        else if (thinks)
        {
            ThinkingTokens += _tokensOfTag + 1;
            _tokensOfTag = 0;
        }
    }

    private string? Hold(string text)
    {
        _held = text;
        return null;
    }

    private string WithoutLineEnds(string text)
    {
        int start = 0;
        while (start < text.Length && _lineEndsToDrop > 0)
        {
            _lineEndsToDrop = text[start] == '\n' ? _lineEndsToDrop - 1 : 0;
            start += text[start] == '\n' ? 1 : 0;
        }

        return text[start..];
    }

    private void Emit(ICollection<ReasoningPiece> pieces, string text)
    {
        if (text.Length > 0)
        {
            pieces.Add(new(Part ?? ReasoningPart.Answer, text));
        }
    }

    /// <summary>True where a tag made of characters stands there, false where it may still come to stand there, null where it cannot.</summary>
    private static bool? StartsWith(string text, string tag, int? token) =>
        token is not null ? null
        : text.StartsWith(tag, StringComparison.Ordinal) ? true
        : tag.StartsWith(text, StringComparison.Ordinal) ? false
        : null;
}
