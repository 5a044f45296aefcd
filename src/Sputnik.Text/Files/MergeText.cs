using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sputnik.Text;

/// <summary>A merge as files write it: <c>"left right"</c> or <c>["left", "right"]</c>.</summary>
/// <param name="Text">Holds both sides.</param>
/// <param name="LeftEnd">Where the left side ends.</param>
/// <param name="RightStart">Where the right side starts.</param>
[JsonConverter(typeof(MergeTextConverter))]
internal readonly record struct MergeText(string Text, int LeftEnd, int RightStart)
{
    /// <summary>The left token as it is spelled.</summary>
    public ReadOnlySpan<char> Left => Text.AsSpan(0, LeftEnd);

    /// <summary>The right token as it is spelled.</summary>
    public ReadOnlySpan<char> Right => Text.AsSpan(RightStart);

    /// <summary>Reads "left right"; a space at the start belongs to the left side. Without a space there is no right side.</summary>
    public static MergeText Parse(string line)
    {
        int space = line.Length > 1 ? line.IndexOf(' ', 1) : -1;
        return space < 0 ? new(line, line.Length, line.Length) : new(line, space, space + 1);
    }

    /// <summary>Joins two sides.</summary>
    public static MergeText Of(string left, string right) => new(left + right, left.Length, left.Length);
}

/// <summary>Reads both spellings and writes the first.</summary>
internal sealed class MergeTextConverter : JsonConverter<MergeText>
{
    public override MergeText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return MergeText.Parse(reader.GetString() ?? "");
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
        writer.WriteStringValue($"{value.Left} {value.Right}");
}
