using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sputnik.Generation;

/// <summary>Whole numbers that a file writes as one number, as a list of them, or as null.</summary>
internal sealed class OneOrManyConverter : JsonConverter<IReadOnlyList<int>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<int> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return [];
            case JsonTokenType.StartArray:
                List<int> many = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    many.Add(reader.GetInt32());
                }

                return many;
            default:
                return [reader.GetInt32()];
        }
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<int> value, JsonSerializerOptions options)
    {
        if (value.Count == 1)
        {
            writer.WriteNumberValue(value[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (int id in value)
        {
            writer.WriteNumberValue(id);
        }

        writer.WriteEndArray();
    }
}
