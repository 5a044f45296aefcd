using Sputnik.Generation;

namespace Sputnik.EndToEnd.Tests;

/// <summary>A model that thinks "12", and then asks for two functions at once.</summary>
internal static class TwoCalls
{
    /// <summary>The functions, as OpenAI's clients describe them; neither is strict, so nothing but the model writes the calls.</summary>
    public const string Tools = """
        [{"type":"function","function":{"name":"forecast","parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}}}}},
         {"type":"function","function":{"name":"clock","parameters":{"type":"object","properties":{"zone":{"type":"string"}}}}}]
        """;

    /// <summary>What it asks: names and arguments, word for word.</summary>
    public static readonly (string Name, string Arguments)[] Expected = [("forecast", """{"city": "Paris", "days": 3}"""), ("clock", """{"zone": "CET"}""")];

    // Each call in two tokens, so that a stream has its arguments in parts.
    private static readonly string[] Said =
    [
        "<tool_call>\n{\"name\": \"forecast\", \"arguments\": {\"city\": \"Par", "is\", \"days\": 3}}\n</tool_call>",
        "\n<tool_call>\n{\"name\": \"clock\", \"arguments\": {\"zone\": \"C", "ET\"}}\n</tool_call>",
    ];

    public static LoadedModel Create() =>
        ChainModel.CreateOf(File.ReadAllText(Repository.File("tests/contract/chat_template.jinja")), Said, ["\n", "1", "2", "</think>", .. Said, ChainModel.End]);
}
