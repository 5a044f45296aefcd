using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sputnik.Text;

/// <summary>A merge as files write it: <c>"left right"</c> or <c>["left", "right"]</c>.</summary>
/// <param name="Left">The left token as it is spelled, in UTF-8.</param>
/// <param name="Right">The right token as it is spelled, in UTF-8.</param>
[JsonConverter(typeof(MergeTextConverter))]
internal readonly record struct MergeText(ReadOnlyMemory<byte> Left, ReadOnlyMemory<byte> Right)
{
    /// <summary>Reads "left right"; a space at the start belongs to the left side. Without a space there is no right side.</summary>
    public static MergeText Parse(ReadOnlyMemory<byte> line)
    {
        int space = line.Length > 1 ? line.Span[1..].IndexOf((byte)' ') + 1 : 0;
        return space == 0 ? new(line, default) : new(line[..space], line[(space + 1)..]);
    }

    /// <summary>Joins two sides.</summary>
    public static MergeText Of(string left, string right) => new(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    /// <summary>"left right".</summary>
    public override string ToString() => $"{Encoding.UTF8.GetString(Left.Span)} {Encoding.UTF8.GetString(Right.Span)}";
}

/// <summary>Reads both spellings and writes the first.</summary>
internal sealed class MergeTextConverter : JsonConverter<MergeText>
{
    public override MergeText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return MergeText.Parse(Encoding.UTF8.GetBytes(reader.GetString() ?? ""));
        }

        List<string> sides = [];
        bool array = reader.TokenType == JsonTokenType.StartArray;
        while (array && reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            sides.Add(reader.GetString() ?? "");
        }

        return array && reader.TokenType == JsonTokenType.EndArray && sides is [var left, var right]
            ? MergeText.Of(left, right)
            : throw new JsonException("A merge is a text or a pair of texts.");
    }

    public override void Write(Utf8JsonWriter writer, MergeText value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
