using System.Diagnostics.CodeAnalysis;
using Sputnik.Text.Tools;

namespace Sputnik.Text;

/// <summary>
/// Parts an answer into text and tool calls while it arrives. It holds back only what may still become a marker or the head
/// of a call. What turns out to be no call is text, word for word; a call that breaks off keeps the arguments it got. The
/// pieces, joined, do not depend on how the text was cut. For one answer; not for several threads.
/// </summary>
/// <param name="dialect">How the model writes calls.</param>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of text; nobody takes it for System.IO.Stream.")]
public sealed class ToolCallStream(ToolDialect dialect)
{
    private readonly CallText _text = new();
    private ICallReader? _reader;
    private string _opener = "";
    private string _space = "";
    private bool _atStart = true;
    private bool _afterCalls;

    /// <summary>Whether a call has begun.</summary>
    public bool HasCalls { get; private set; }

    /// <summary>Takes the next text of the answer and returns what is now certain.</summary>
    public IReadOnlyList<ToolCallPiece> Push(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text.Add(text);
        return Read();
    }

    /// <summary>Ends the answer and returns what was held back.</summary>
    public IReadOnlyList<ToolCallPiece> Flush()
    {
        _text.IsFinal = true;
        return Read();
    }

    private List<ToolCallPiece> Read()
    {
        List<ToolCallPiece> pieces = [];
        while (_reader is null ? ReadText(pieces) : ReadCalls(_reader, pieces))
        {
        }

        HasCalls |= pieces.Exists(piece => piece.Kind == ToolCallPieceKind.Begin);
        return pieces;
    }

    /// <summary>Gives out text up to what opens calls; true where it opened them.</summary>
    private bool ReadText(List<ToolCallPiece> pieces)
    {
        if (_atStart && dialect.Kind == ToolDialectKind.Llama3)
        {
            ReadOnlySpan<char> start = _text.Rest.TrimStart();
            if (start is ['{', ..])
            {
                _opener = "";
                _reader = new ObjectCalls(dialect, isList: false);
                return true;
            }

            if (start.IsEmpty && !_text.IsFinal)
            {
                return false;
            }
        }

        int at = _text.Find(dialect.Openers, out Sight sight);
        Content(_text.Take(at), pieces);
        _text.Forget();
        if (sight != Sight.Yes)
        {
            return false;
        }

        _text.Sees(dialect.Openers, out int length);
        return Open(length);
    }

    private bool Open(int length)
    {
        bool isDeepSeek = dialect.Kind is ToolDialectKind.DeepSeekR1 or ToolDialectKind.DeepSeekV31;
        _opener = _text.Rest[..length].ToString();
        if (dialect.Kind == ToolDialectKind.Mistral)
        {
            ReadOnlySpan<char> behind = _text.Rest[length..].TrimStart();
            if (behind.IsEmpty && !_text.IsFinal)
            {
                return false;
            }

            isDeepSeek = behind is not (['[', ..] or ['{', ..]);
        }

        if (!isDeepSeek)
        {
            _text.Take(length);
        }

        _reader = isDeepSeek ? new MarkedCalls(dialect) : new ObjectCalls(dialect, dialect.Kind == ToolDialectKind.Mistral);
        return true;
    }

    private bool ReadCalls(ICallReader reader, List<ToolCallPiece> pieces)
    {
        int before = pieces.Count;
        Progress progress = reader.Read(_text, pieces);
        bool given = pieces.Skip(before).Any(piece => piece.Kind == ToolCallPieceKind.Begin);
        if (given)
        {
            _space = "";
        }

        if (reader.InCall || given || pieces.Count > before)
        {
            _atStart = false;
            _afterCalls = true;
            _opener = "";
            _text.Forget();
        }

        if (progress == Progress.Waits && _text.IsFinal)
        {
            progress = Progress.Failed;
        }

        if (progress is Progress.Done or Progress.Failed)
        {
            Leave(reader, progress, pieces);
        }

        return progress != Progress.Waits;
    }

    private void Leave(ICallReader reader, Progress progress, List<ToolCallPiece> pieces)
    {
        _reader = null;
        if (reader.InCall)
        {
            pieces.Add(new(ToolCallPieceKind.End, ""));
        }
        else if (progress == Progress.Failed)
        {
            // Text again from where the calls opened; the opener itself opens nothing a second time.
            _text.Rewind();
            Content(_text.Take(_opener.Length), pieces);
            _atStart = false;
        }

        _text.Forget();
    }

    /// <summary>Text of the answer. White space between calls and behind them waits for text.</summary>
    private void Content(string text, List<ToolCallPiece> pieces)
    {
        text = _space + text;
        _space = "";
        if (_afterCalls && string.IsNullOrWhiteSpace(text))
        {
            _space = text;
            return;
        }

        if (text.Length > 0)
        {
            _atStart &= string.IsNullOrWhiteSpace(text);
            _afterCalls = false;
            pieces.Add(new(ToolCallPieceKind.Content, text));
        }
    }
}
