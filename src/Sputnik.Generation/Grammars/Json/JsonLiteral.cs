using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sputnik.Generation.Grammars;

/// <summary>JSON values in one spelling: no white space, and nothing escaped that need not be.</summary>
internal static class JsonLiteral
{
    /// <summary>A string.</summary>
    public static string Of(string text)
    {
        StringBuilder literal = new("\"");
        foreach (char c in text)
        {
            literal.Append(c < ' ' || c is '"' or '\\' ? JsonRules.Escaped(c) : c.ToString());
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Any value.</summary>
    public static string Of(JsonElement value)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
