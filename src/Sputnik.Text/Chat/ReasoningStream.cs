using System.Diagnostics.CodeAnalysis;

namespace Sputnik.Text;

/// <summary>
/// Splits a response while it is generated, by the rules of <see cref="Reasoning"/>. It holds back half characters and one
/// line end that may belong to the closing tag, nothing more. For one response; not for several threads.
/// </summary>
/// <param name="tokenizer">The vocabulary.</param>
/// <param name="thinking">Whether the prompt ended inside the thinking; otherwise an opening tag begins it.</param>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of tokens; nobody takes it for System.IO.Stream.")]
public sealed class ReasoningStream(Tokenizer tokenizer, bool thinking = true)
{
    private readonly StreamDecoder _decoder = new(tokenizer, skipControl: true);
    private readonly int? _open = tokenizer.Find(tokenizer.SpecialTokens.ThinkStart);
    private readonly int? _close = tokenizer.Find(tokenizer.SpecialTokens.ThinkEnd);
    private bool _started;
    private string _held = "";
    private int _lineEndsToDrop;

    /// <summary>The half that the next token belongs to.</summary>
    public ReasoningPart Part { get; private set; } = thinking ? ReasoningPart.Thinking : ReasoningPart.Answer;

    /// <summary>Takes the next id and returns the text that is now certain. The closing tag itself has no text.</summary>
    /// <exception cref="ArgumentException">The id is not in the vocabulary.</exception>
    public ReasoningPiece Push(int id)
    {
        bool first = !_started;
        _started = true;
        if (Part == ReasoningPart.Answer && !(first && id == _open))
        {
            return new ReasoningPiece(Part, Arrived(_decoder.Push(id)));
        }

        if (id == _close)
        {
            return Close();
        }

        if (id == _open && first)
        {
            Part = ReasoningPart.Thinking;
            _lineEndsToDrop = 1;
            return new ReasoningPiece(Part, "");
        }

        string text = _held + Arrived(_decoder.Push(id));
        _held = text.EndsWith('\n') ? "\n" : "";
        return new ReasoningPiece(Part, text[..^_held.Length]);
    }

    /// <summary>Ends the response and returns what was held back.</summary>
    public ReasoningPiece Flush()
    {
        string text = _held + _decoder.Flush();
        _held = "";
        return new ReasoningPiece(Part, text);
    }

    private ReasoningPiece Close()
    {
        string cut = _decoder.Flush();
        string text = cut.Length > 0 ? _held + cut : ""; // else what is held is the line end before the tag
        _held = "";
        _lineEndsToDrop = Reasoning.LineEndsAfterClose;
        Part = ReasoningPart.Answer;
        return new ReasoningPiece(ReasoningPart.Thinking, text);
    }

    /// <summary>Text as it arrives, without the line ends that belong to the tag before it.</summary>
    private string Arrived(string text)
    {
        int start = 0;
        while (start < text.Length && _lineEndsToDrop > 0)
        {
            _lineEndsToDrop = text[start] == '\n' ? _lineEndsToDrop - 1 : 0;
            start += text[start] == '\n' ? 1 : 0;
        }

        return text[start..];
    }
}
