using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sputnik.Text;

/// <summary>A token in tokenizer_config.json: its text, or an object with the text as "content", or null.</summary>
internal sealed class TokenTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        using JsonDocument token = JsonDocument.ParseValue(ref reader);
        return token.RootElement.ValueKind == JsonValueKind.Object
            && token.RootElement.TryGetProperty("content", out JsonElement content)
            && content.ValueKind == JsonValueKind.String
                ? content.GetString()
                : throw new JsonException("A token is a text or an object with the text as 'content'.");
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
