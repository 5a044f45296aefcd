using Sputnik.Text;

namespace Sputnik.Tests.Text.Tools;

public sealed class ToolCallStreamTests
{
    private const string R1 = "Let me look.\n<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>get_weather\n```json\n{\"city\": \"Köln }\\\"\", \"days\": [1, {\"a\": 2}]}\n```<｜tool▁call▁end｜>";
    private const string R1Second = "\n<｜tool▁call▁begin｜>function<｜tool▁sep｜>now\n```json\n{}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>";
    private const string Arguments = "{\"city\": \"Köln }\\\"\", \"days\": [1, {\"a\": 2}]}";

    public static TheoryData<ToolDialectKind, string, string> Calls => new()
    {
        { ToolDialectKind.DeepSeekR1, R1 + R1Second, $"Let me look.\n|get_weather{Arguments}|now{{}}|" },
        { ToolDialectKind.DeepSeekR1, R1, $"Let me look.\n|get_weather{Arguments}|" },
        { ToolDialectKind.DeepSeekR1, (R1 + R1Second).Replace('▁', '_'), $"Let me look.\n|get_weather{Arguments}|now{{}}|" },
        { ToolDialectKind.DeepSeekR1, (R1 + R1Second).Replace('▁', ' '), $"Let me look.\n|get_weather{Arguments}|now{{}}|" },
        { ToolDialectKind.DeepSeekR1, (R1 + R1Second).Replace("▁", "\\_", StringComparison.Ordinal), $"Let me look.\n|get_weather{Arguments}|now{{}}|" },
        { ToolDialectKind.DeepSeekR1, "<｜tool▁call▁begin｜>function<｜tool▁sep｜>f\n{\"a\":1}<｜tool▁call▁end｜> done", "|f{\"a\":1}| done" },
        { ToolDialectKind.DeepSeekV31, "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>f<｜tool▁sep｜>{\"a\": 1}<｜tool▁call▁end｜><｜tool▁call▁begin｜>g<｜tool▁sep｜>{}<｜tool▁call▁end｜><｜tool▁calls▁end｜>", "|f{\"a\": 1}|g{}|" },
        { ToolDialectKind.Hermes, "So:\n<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": \"</tool_call>\", \"b\": \"x  y\"}}\n</tool_call>\n<tool_call>\n{\"name\": \"g\", \"arguments\": {}}\n</tool_call>", "So:\n|f{\"a\": \"</tool_call>\", \"b\": \"x  y\"}|g{}|" },
        { ToolDialectKind.Hermes, "<tool_call>{\"arguments\": {\"a\": 1}, \"name\": \"f\"}</tool_call>", "|f{\"a\": 1}|" },
        { ToolDialectKind.Hermes, "<tool_call>{\"name\": \"f\", \"arguments\": \"{\\\"a\\\": 1}\"}</tool_call> bye", "|f{\"a\": 1}|bye" },
        { ToolDialectKind.Llama3, " {\"name\": \"f\", \"parameters\": {\"a\": 1}}; {\"type\": \"function\", \"name\": \"g\", \"parameters\": {}}", "|f{\"a\": 1}|g{}|" },
        { ToolDialectKind.Llama3, "<|python_tag|>{\"name\": \"f\", \"parameters\": {\"a\": 1}}", "|f{\"a\": 1}|" },
        { ToolDialectKind.Mistral, "[TOOL_CALLS][{\"name\": \"f\", \"arguments\": {\"a\": 1}, \"id\": \"123\"}, {\"name\": \"g\", \"arguments\": {}}]", "|f{\"a\": 1}|g{}|" },
        { ToolDialectKind.Mistral, "[TOOL_CALLS]f[ARGS]{\"a\": 1}[TOOL_CALLS]g[CALL_ID]9[ARGS]{}", "|f{\"a\": 1}|g{}|" },
    };

    public static TheoryData<ToolDialectKind, string> NoCalls => new()
    {
        { ToolDialectKind.DeepSeekR1, "2 <｜ 3 and <｜tool and <｜tool▁calls▁begin｜> in text" },
        { ToolDialectKind.DeepSeekR1, "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function" },
        { ToolDialectKind.DeepSeekR1, "<｜tool▁call▁begin｜>function<｜tool▁sep｜>not a name\n```json\n{}" },
        { ToolDialectKind.DeepSeekR1, "<｜tool▁call▁begin｜>function<｜tool▁sep｜>f\n[1]" },
        { ToolDialectKind.Hermes, "<tool_call> is a tag, <tool_cal too <" },
        { ToolDialectKind.Hermes, "<tool_call>\n{\"name\": \"f\"}\n</tool_call>" },
        { ToolDialectKind.Hermes, "<tool_call>{\"name\": 3, \"arguments\": {}}</tool_call>" },
        { ToolDialectKind.Hermes, "<tool_call>{\"city\": 3" },
        { ToolDialectKind.Llama3, "{\"answer\": {\"name\": 1}}" },
        { ToolDialectKind.Llama3, "  Text, then {\"name\": \"f\", \"parameters\": {}}" },
        { ToolDialectKind.Mistral, "[TOOL_CALLS] are a list [1, 2]" },
        { ToolDialectKind.Hermes, "" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Calls_are_found_however_the_text_is_cut(ToolDialectKind dialect, string text, string expected)
    {
        Assert.Equal(expected, Joined(dialect, [text]));
        Assert.Equal(expected, Joined(dialect, text.Select(c => c.ToString())));
        for (int cut = 1; cut < text.Length; cut++)
        {
            Assert.Equal(expected, Joined(dialect, [text[..cut], text[cut..]]));
        }
    }

    [Theory]
    [MemberData(nameof(NoCalls))]
    public void What_is_no_call_is_text_word_for_word(ToolDialectKind dialect, string text)
    {
        Assert.Equal(text, Joined(dialect, [text]));
        Assert.Equal(text, Joined(dialect, text.Select(c => c.ToString())));
    }

    [Fact]
    public void Arguments_arrive_before_the_call_is_over()
    {
        ToolCallStream stream = new(ToolDialect.Hermes);

        IReadOnlyList<ToolCallPiece> pieces = stream.Push("<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": ");

        Assert.Equal([new(ToolCallPieceKind.Begin, "f"), new(ToolCallPieceKind.Arguments, "{\"a\": ")], pieces);
    }

    [Fact]
    public void A_call_that_breaks_off_keeps_what_it_got() =>
        Assert.Equal("|f{\"a\": |", Joined(ToolDialectKind.Hermes, ["<tool_call>{\"name\": \"f\", \"arguments\": {\"a\": "]));

    [Fact]
    public void Text_is_held_back_only_while_it_may_be_a_marker()
    {
        ToolCallStream stream = new(ToolDialect.DeepSeekR1);

        Assert.Equal([new(ToolCallPieceKind.Content, "a ")], stream.Push("a <｜to"));
        Assert.Equal([new(ToolCallPieceKind.Content, "<｜tox")], stream.Push("x"));
    }

    [Fact]
    public void Any_text_in_any_dialect_ends() =>
        Samples.Hold(Samples.Text, text => Enum.GetValues<ToolDialectKind>().All(kind =>
        {
            string hostile = string.Concat(Enumerable.Repeat($"<tool_call>{{\"name\":{text}[TOOL_CALLS][{{<｜tool▁call▁begin｜>{text}<｜tool▁sep｜>{{", 5));
            return Joined(kind, [hostile]) == Joined(kind, hostile.Chunk(3).Select(part => new string(part)));
        }));

    private static string Joined(ToolDialectKind kind, IEnumerable<string> parts)
    {
        ToolCallStream stream = new(ToolDialect.Of(kind));
        List<ToolCallPiece> pieces = [.. parts.SelectMany(stream.Push)];
        pieces.AddRange(stream.Flush());
        bool open = false;
        return string.Concat(pieces.Select((piece, i) =>
        {
            bool first = piece.Kind == ToolCallPieceKind.Begin && !open;
            open |= piece.Kind == ToolCallPieceKind.Begin;
            return piece.Kind switch
            {
                ToolCallPieceKind.Begin => (first || i == 0 ? "|" : "") + piece.Text,
                ToolCallPieceKind.End => "|",
                _ => piece.Text,
            };
        }));
    }
}
