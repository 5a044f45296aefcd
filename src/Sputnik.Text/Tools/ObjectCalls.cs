using System.Text.Json;

namespace Sputnik.Text.Tools;

/// <summary>
/// Calls that are JSON objects with a name and arguments or parameters: between tags (Hermes), in a list (Mistral), or as
/// the whole answer (Llama 3). Arguments are given out as they arrive once the name is known.
/// </summary>
internal sealed class ObjectCalls(ToolDialect dialect, bool isList) : ICallReader
{
    private const int LongestHeld = 1 << 14;
    private static readonly string[] Keys = ["name", "arguments", "parameters", "type", "id", "function"];
    private State _state = State.Open;
    private bool _listOpen;
    private string? _name;
    private string _key = "";
    private string _value = "";
    private string? _held;
    private JsonSpan _span = new();
    private bool _begun;
    private bool _streams;
    private bool _inValue;

    private enum State
    {
        Open,
        Key,
        Value,
        Tail,
        Next,
    }

    /// <inheritdoc/>
    public bool InCall => _begun;

    /// <inheritdoc/>
    public Progress Read(CallText text, List<ToolCallPiece> pieces)
    {
        if (!_inValue)
        {
            text.SkipSpace(_state is State.Key ? "," : "");
        }

        if (text.Rest.IsEmpty)
        {
            return text.IsFinal && _state == State.Next ? Progress.Done : text.IsFinal ? Progress.Failed : Progress.Waits;
        }

        return _state switch
        {
            State.Open => Open(text),
            State.Key => Key(text, pieces),
            State.Value => Value(text, pieces),
            State.Tail => Tail(text, pieces),
            _ => Next(text),
        };
    }

    private Progress Open(CallText text)
    {
        if (isList && !_listOpen && text.Rest[0] == '[')
        {
            _listOpen = true;
            text.Take(1);
            return Progress.Moves;
        }

        if (text.Rest[0] != '{')
        {
            return Progress.Failed;
        }

        text.Take(1);
        (_name, _held, _begun, _streams) = (null, null, false, false);
        return To(State.Key);
    }

    /// <summary>A key with its colon, or the object's end.</summary>
    private Progress Key(CallText text, List<ToolCallPiece> pieces)
    {
        if (text.Rest[0] == '}')
        {
            text.Take(1);
            return Finish(pieces);
        }

        JsonSpan span = new();
        int length = span.Take(text.Rest);
        int colon = length + text.Rest[length..].IndexOfAnyExcept(" \t\r\n");
        if (text.Rest[0] != '"' || length > LongestHeld || (text.IsFinal && (!span.IsDone || colon < length)))
        {
            return Progress.Failed;
        }

        if (!span.IsDone || colon < length)
        {
            return Progress.Waits;
        }

        bool isKey = text.Rest[colon] == ':';
        _key = text.Take(colon + 1)[1..(length - 1)];
        (_span, _value) = (new(), "");
        return isKey && (_begun || Keys.Contains(_key)) ? To(State.Value) : Progress.Failed;
    }

    private Progress Value(CallText text, List<ToolCallPiece> pieces)
    {
        bool arguments = _key is "arguments" or "parameters";
        if (!_inValue && arguments && _name is not null && !_begun && text.Rest[0] == '{')
        {
            Begin(pieces);
            _streams = true;
        }

        _inValue = true;
        string part = text.Take(_span.Take(text.Rest));
        if (_streams)
        {
            pieces.Add(new(ToolCallPieceKind.Arguments, part));
        }
        else if (!_begun)
        {
            _value += part;
        }

        if (_value.Length > LongestHeld)
        {
            return Progress.Failed;
        }

        return _span.IsDone ? EndValue(arguments) : Progress.Waits;
    }

    private Progress EndValue(bool arguments)
    {

        if (_key is "name" or "function" && _name is null)
        {
            _name = Unquoted(_value);
        }
        else if (arguments && !_begun)
        {
            _held = _value[0] == '"' ? Unquoted(_value) : _value;
        }

        (_streams, _inValue) = (false, false);
        return To(State.Key);
    }

    private Progress Finish(List<ToolCallPiece> pieces)
    {
        if (!_begun)
        {
            if (_name is null || !ToolName.IsRight(_name) || _held is not ['{', ..])
            {
                return Progress.Failed;
            }

            Begin(pieces);
            pieces.Add(new(ToolCallPieceKind.Arguments, _held));
        }

        return To(State.Tail);
    }

    private Progress Tail(CallText text, List<ToolCallPiece> pieces)
    {
        Sight sight = text.Sees(dialect.CallEnd, out int length);
        if (sight == Sight.Maybe)
        {
            return Progress.Waits;
        }

        text.Take(length);
        pieces.Add(new(ToolCallPieceKind.End, ""));
        _begun = false;
        return To(State.Next);
    }

    /// <summary>Another call of the list, or behind a semicolon as Llama writes it, or the end.</summary>
    private Progress Next(CallText text)
    {
        switch (text.Rest[0])
        {
            case ',' when _listOpen:
            case ';' when dialect.Kind == ToolDialectKind.Llama3:
                text.Take(1);
                return To(State.Open);
            case ']' when _listOpen:
                text.Take(1);
                return Progress.Done;
            default:
                return Progress.Done;
        }
    }

    private void Begin(List<ToolCallPiece> pieces)
    {
        _begun = true;
        pieces.Add(new(ToolCallPieceKind.Begin, _name ?? ""));
    }

    private Progress To(State state)
    {
        _state = state;
        return Progress.Moves;
    }

    private static string? Unquoted(string literal)
    {
        // A literal of a model may hold anything between its quotes.
        try
        {
            using JsonDocument document = JsonDocument.Parse(literal);
            return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString() : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
