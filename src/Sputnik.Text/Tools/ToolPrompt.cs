using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sputnik.Text.Tools;

/// <summary>Functions and calls as the texts that stand between markers.</summary>
internal static class ToolPrompt
{
    /// <summary>Introduces the functions.</summary>
    public const string Introduction =
        "## Tools\n\nYou can call these functions. Each is a JSON object with its name, what it does and the JSON Schema of its arguments:\n\n";

    /// <summary>Introduces the form of a call.</summary>
    public const string Form = "\n\nTo call functions, write this after your thinking and nothing behind it:\n\n";

    /// <summary>Stands for a name in the form of a call.</summary>
    public const string NamePlace = "NAME";

    /// <summary>Stands for arguments in the form of a call.</summary>
    public const string ArgumentsPlace = "{\"argument\": \"value\"}";

    /// <summary>The functions, a line each.</summary>
    public static string Functions(IEnumerable<ToolDefinition> tools) => string.Join('\n', tools.Select(Function));

    private static string Function(ToolDefinition tool)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            if (tool.Parameters.ValueKind != JsonValueKind.Undefined)
            {
                json.WritePropertyName("parameters");
                tool.Parameters.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
