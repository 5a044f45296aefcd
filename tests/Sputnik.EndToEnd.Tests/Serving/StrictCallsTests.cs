using System.Text.Json;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>A model that asks for weather in Paris, of a function that knows Rome alone.</summary>
public sealed class StrictCallsTests : IAsyncLifetime
{
    private const string Paris = """{"city": "Paris"}""";
    private const string Schema = """{"type":"object","properties":{"city":{"type":"string","enum":["Rome"]}},"required":["city"],"additionalProperties":false}""";

    private static readonly string[] Said = ["<tool_call>\n{\"name\": \"forecast\", \"arguments\": ", Paris + "}\n</tool_call>"];

    private readonly ServedZero _served = new(new ServerOptions(), loaded: ChainModel.CreateOf(
        File.ReadAllText(Repository.File("tests/contract/chat_template.jinja")), Said, ["\n", "1", "</think>", .. Said, ChainModel.End]));

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Theory]
    [InlineData("\"strict\":true", "\"auto\"", "Rome")]
    [InlineData("\"strict\":false", "\"auto\"", "Paris")]
    [InlineData("\"description\":\"\"", "\"auto\"", "Paris")]
    [InlineData("\"strict\":false", "\"required\"", "Rome")]
    [InlineData("\"strict\":false", """{"type":"function","function":{"name":"forecast"}}""", "Rome")]
    public async Task A_chats_arguments_fit_where_it_was_asked_for(string strict, string choice, string city)
    {
        string request = $$"""
            {"messages":[{"role":"user","content":"x"}],"temperature":0,"parallel_tool_calls":false,"tool_choice":{{choice}},
             "tools":[{"type":"function","function":{"name":"forecast",{{strict}},"parameters":{{Schema}} } }]}
            """;

        (_, JsonElement body) = await _served.Post("/v1/chat/completions", request);

        JsonElement calls = body.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls");
        Assert.Equal(city, City(Assert.Single(calls.EnumerateArray()).GetProperty("function").GetProperty("arguments").GetString()));
    }

    [Theory]
    [InlineData("\"strict\":true", "\"auto\"", "Rome")]
    [InlineData("\"strict\":false", "\"auto\"", "Paris")]
    [InlineData("\"strict\":false", "\"required\"", "Rome")]
    [InlineData("\"strict\":false", """{"type":"function","name":"forecast"}""", "Rome")]
    public async Task A_responses_arguments_fit_where_it_was_asked_for(string strict, string choice, string city)
    {
        (_, JsonElement body) = await _served.Post("/v1/responses", $$"""
            {"input":"x","temperature":0,"parallel_tool_calls":false,"tool_choice":{{choice}},"tools":[{"type":"function","name":"forecast",{{strict}},"parameters":{{Schema}}}]}
            """);

        JsonElement call = Assert.Single(body.GetProperty("output").EnumerateArray(), item => item.GetProperty("type").GetString() == "function_call");
        Assert.Equal(city, City(call.GetProperty("arguments").GetString()));
    }

    [Theory]
    [InlineData("\"strict\":true", "auto", "Rome")]
    [InlineData("\"description\":\"\"", "auto", "Paris")]
    [InlineData("\"description\":\"\"", "any", "Rome")]
    public async Task A_messages_input_fits_where_it_was_asked_for(string strict, string choice, string city)
    {
        (_, JsonElement body) = await _served.Post("/v1/messages", $$"""
            {"messages":[{"role":"user","content":"x"}],"max_tokens":200,"temperature":0,"tool_choice":{"type":"{{choice}}","disable_parallel_tool_use":true},"tools":[{"name":"forecast",{{strict}},"input_schema":{{Schema}}}]}
            """);

        JsonElement use = Assert.Single(body.GetProperty("content").EnumerateArray(), block => block.GetProperty("type").GetString() == "tool_use");
        Assert.Equal(city, use.GetProperty("input").GetProperty("city").GetString());
    }

    [Fact]
    public async Task A_strict_schema_that_cannot_be_held_to_is_refused_by_its_function_and_keyword()
    {
        (int status, JsonElement body) = await _served.Post("/v1/chat/completions", """
            {"messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"odd","strict":true,"parameters":{"type":"object","minProperties":1}}}]}
            """);

        Assert.Equal(400, status);
        Assert.Contains("'odd': #/minProperties", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static string? City(string? arguments) => JsonElement.Parse(arguments ?? "").GetProperty("city").GetString();
}
