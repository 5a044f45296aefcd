using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sputnik.Server;

/// <summary>A JSON document written field by field: for replies whose fields depend on what happened, where a null field means something else than none.</summary>
internal sealed class Json : IDisposable
{
    // Replies are read by JSON parsers, with nosniff: only what JSON itself asks for is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream _bytes = new(256);
    private readonly Utf8JsonWriter _writer;
    private readonly Stack<bool> _open = [];

    public Json() => _writer = new(_bytes, Options);

    /// <summary>Opens an object: the document, or an element of an array.</summary>
    public Json Object()
    {
        _writer.WriteStartObject();
        return Opened(isObject: true);
    }

    public Json Object(string name)
    {
        _writer.WriteStartObject(name);
        return Opened(isObject: true);
    }

    public Json Array(string name)
    {
        _writer.WriteStartArray(name);
        return Opened(isObject: false);
    }

    public Json Array()
    {
        _writer.WriteStartArray();
        return Opened(isObject: false);
    }

    /// <summary>Closes what was opened last.</summary>
    public Json End()
    {
        if (_open.Pop())
        {
            _writer.WriteEndObject();
        }
        else
        {
            _writer.WriteEndArray();
        }

        return this;
    }

    public Json Set(string name, string? value)
    {
        _writer.WriteString(name, value);
        return this;
    }

    public Json Set(string name, long value)
    {
        _writer.WriteNumber(name, value);
        return this;
    }

    public Json Set(string name, double value)
    {
        _writer.WriteNumber(name, value);
        return this;
    }

    public Json Set(string name, bool value)
    {
        _writer.WriteBoolean(name, value);
        return this;
    }

    public Json Set(string name, JsonElement value)
    {
        _writer.WritePropertyName(name);
        value.WriteTo(_writer);
        return this;
    }

    /// <summary>A value as it came, or other JSON where none did.</summary>
    public Json Set(string name, JsonElement? value, string otherwise)
    {
        _writer.WritePropertyName(name);
        _writer.WriteRawValue(value is { ValueKind: not JsonValueKind.Undefined } given ? given.GetRawText() : otherwise);
        return this;
    }

    public Json Null(string name)
    {
        _writer.WriteNull(name);
        return this;
    }

    /// <summary>Writes fields by a function, so that a reply can be put together of parts.</summary>
    public Json With(Action<Json> part)
    {
        part(this);
        return this;
    }

    public Json Add(string value)
    {
        _writer.WriteStringValue(value);
        return this;
    }

    public Json Add(long value)
    {
        _writer.WriteNumberValue(value);
        return this;
    }

    public Json Add(double value)
    {
        _writer.WriteNumberValue(value);
        return this;
    }

    public Json Add(float value)
    {
        _writer.WriteNumberValue(value);
        return this;
    }

    public Json AddNull()
    {
        _writer.WriteNullValue();
        return this;
    }

    /// <summary>The document.</summary>
    public byte[] ToArray()
    {
        _writer.Flush();
        return _bytes.ToArray();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _bytes.Dispose();
    }

    private Json Opened(bool isObject)
    {
        _open.Push(isObject);
        return this;
    }
}
