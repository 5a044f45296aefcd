using System.ClientModel;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using Sputnik.Server;
using ChatTool = OpenAI.Chat.ChatTool;

namespace Sputnik.EndToEnd.Tests;

/// <summary>An answer that asks for two functions as OpenAI's own client for .NET reads it.</summary>
public sealed class OpenAiCallsTests : IAsyncLifetime
{
    private readonly ServedZero _served = new(new ServerOptions(), loaded: TwoCalls.Create());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task All_that_may_come_at_once_are_read(bool parallel, int expected)
    {
        ChatCompletion completion = await Client().CompleteChatAsync([new UserChatMessage("x")], Calling(parallel), Cancellation);

        Assert.Equal(ChatFinishReason.ToolCalls, completion.FinishReason);
        Assert.Equal(TwoCalls.Expected[..expected], completion.ToolCalls.Select(call => (call.FunctionName, call.FunctionArguments.ToString())));
        Assert.Distinct(completion.ToolCalls.Select(call => call.Id));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Streamed_they_are_told_apart_by_their_index(bool parallel, int expected)
    {
        SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> calls = [];
        await foreach (StreamingChatCompletionUpdate update in Client().CompleteChatStreamingAsync([new UserChatMessage("x")], Calling(parallel), Cancellation))
        {
            foreach (StreamingChatToolCallUpdate part in update.ToolCallUpdates)
            {
                (string id, string name, StringBuilder arguments) = calls.GetValueOrDefault(part.Index, ("", "", new()));
                arguments.Append(part.FunctionArgumentsUpdate);
                calls[part.Index] = (id + part.ToolCallId, name + part.FunctionName, arguments);
            }
        }

        Assert.Equal(Enumerable.Range(0, expected), calls.Keys);
        Assert.Equal(TwoCalls.Expected[..expected], calls.Values.Select(call => (call.Name, call.Arguments.ToString())));
        Assert.Distinct(calls.Values.Select(call => call.Id));
    }

    [Fact]
    public async Task Both_results_go_back_into_the_conversation()
    {
        ChatCompletion first = await Client().CompleteChatAsync([new UserChatMessage("x")], Calling(parallel: true), Cancellation);
        ChatMessage[] messages = [new UserChatMessage("x"), new AssistantChatMessage(first), .. first.ToolCalls.Select(call => new ToolChatMessage(call.Id, "7"))];

        ChatCompletion next = await Client().CompleteChatAsync(messages, Calling(parallel: true), Cancellation);

        Assert.Empty(next.ToolCalls.Select(call => call.Id).Intersect(first.ToolCalls.Select(call => call.Id)));
        Assert.Equal(2, next.ToolCalls.Count);
    }

    private ChatClient Client() => new OpenAIClient(new ApiKeyCredential("none-is-needed"), new OpenAIClientOptions { Endpoint = new(_served.Client.BaseAddress!, "v1") }).GetChatClient("sputnik-zero");

    private static ChatCompletionOptions Calling(bool parallel)
    {
        ChatCompletionOptions options = new() { Temperature = 0, MaxOutputTokenCount = 100, AllowParallelToolCalls = parallel };
        foreach (JsonElement tool in JsonElement.Parse(TwoCalls.Tools).EnumerateArray().Select(tool => tool.GetProperty("function")))
        {
            options.Tools.Add(ChatTool.CreateFunctionTool(tool.GetProperty("name").GetString(), functionParameters: BinaryData.FromString(tool.GetProperty("parameters").GetRawText())));
        }

        return options;
    }
}
