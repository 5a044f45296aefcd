using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Models;
using Sputnik.Generation;
using Sputnik.Server;
using ChatTool = OpenAI.Chat.ChatTool;
using ChatToolCall = OpenAI.Chat.ChatToolCall;

namespace Sputnik.EndToEnd.Tests;

/// <summary>The server as OpenAI's own client for .NET sees it. Those of other languages are tested in tests/contract.</summary>
public sealed class OpenAiClientTests : IAsyncLifetime, IDisposable
{
    private const string Question = "Solve 2*x-7=1 for x.";
    private const string Answer = "\\boxed{4}";

    private const string Schema = """
        {"type":"object","properties":{"city":{"type":"string","enum":["Paris","Rome"]},"days":{"type":"integer","minimum":1,"maximum":9}},"required":["city","days"],"additionalProperties":false}
        """;

    // Not finished before its client has left.
    private const string EndlessSchema = """{"type":"array","items":{"type":"string","enum":["even","odd"]},"minItems":1000}""";

    private static readonly ChatTool Forecast = ChatTool.CreateFunctionTool("forecast", "Tells the weather.", BinaryData.FromString(Schema), functionSchemaIsStrict: true);

    private readonly TemporaryFolder _folder = new();
    private readonly ServedZero _served;
    private string _key = "";

    public OpenAiClientTests() => _served = new(new ServerOptions(), loaded: LoadedModel.Open(ZeroWithTools.In(_folder)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _served.InitializeAsync();
        (_key, _) = _served.Store.Keys.Add("alice", Scope.All, new(), DateTimeOffset.UnixEpoch);
        _served.Client.DefaultRequestHeaders.Authorization = new("Bearer", _key);
    }

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_chat_answers_and_counts_its_tokens()
    {
        ClientResult<ChatCompletion> result = await Chat().CompleteChatAsync([new UserChatMessage(Question)], Still(), Cancellation);

        ChatCompletion completion = result.Value;
        Assert.Equal(Answer, Assert.Single(completion.Content).Text);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
        Assert.Equal(ChatMessageRole.Assistant, completion.Role);
        Assert.Equal("sputnik-zero", completion.Model);
        Assert.Equal(completion.Usage.InputTokenCount + completion.Usage.OutputTokenCount, completion.Usage.TotalTokenCount);
        Assert.InRange(completion.Usage.OutputTokenDetails.ReasoningTokenCount, 1, completion.Usage.OutputTokenCount);

        // The client has no word for thinking; it is in what it received.
        JsonElement message = JsonDocument.Parse(result.GetRawResponse().Content).RootElement.GetProperty("choices")[0].GetProperty("message");
        Assert.NotEqual("", message.GetProperty("reasoning_content").GetString());
    }

    [Fact]
    public async Task A_stream_joined_is_the_answer()
    {
        StringBuilder text = new();
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;
        await foreach (StreamingChatCompletionUpdate update in Chat().CompleteChatStreamingAsync([new UserChatMessage(Question)], Still(), Cancellation))
        {
            text.Append(string.Concat(update.ContentUpdate.Select(part => part.Text)));
            finish ??= update.FinishReason;
            usage = update.Usage ?? usage;
        }

        Assert.Equal(Answer, text.ToString());
        Assert.Equal(ChatFinishReason.Stop, finish);
        Assert.InRange(usage?.OutputTokenCount ?? 0, 1, 200);
    }

    [Fact]
    public async Task A_function_that_must_be_called_is_called_with_arguments_of_its_schema()
    {
        ChatCompletion completion = await Chat().CompleteChatAsync([new UserChatMessage(Question)], Calling(ChatToolChoice.CreateRequiredChoice()), Cancellation);

        Assert.Equal(ChatFinishReason.ToolCalls, completion.FinishReason);
        ChatToolCall call = Assert.Single(completion.ToolCalls);
        Assert.Equal("forecast", call.FunctionName);
        AssertForecast(call.FunctionArguments);
    }

    [Fact]
    public async Task A_call_that_is_streamed_is_the_call_that_is_not()
    {
        ChatCompletionOptions options = Calling(ChatToolChoice.CreateFunctionChoice("forecast"));
        ChatCompletion whole = await Chat().CompleteChatAsync([new UserChatMessage(Question)], options, Cancellation);
        StringBuilder arguments = new();
        List<string> names = [];
        await foreach (StreamingChatCompletionUpdate update in Chat().CompleteChatStreamingAsync([new UserChatMessage(Question)], options, Cancellation))
        {
            foreach (StreamingChatToolCallUpdate call in update.ToolCallUpdates)
            {
                names.AddRange(call.FunctionName is { Length: > 0 } name ? [name] : []);
                arguments.Append(call.FunctionArgumentsUpdate);
            }
        }

        Assert.Equal(["forecast"], names);
        Assert.Equal(Assert.Single(whole.ToolCalls).FunctionArguments.ToString(), arguments.ToString());
    }

    [Fact]
    public async Task A_call_and_its_result_go_back_into_the_conversation()
    {
        ChatCompletion first = await Chat().CompleteChatAsync([new UserChatMessage(Question)], Calling(ChatToolChoice.CreateRequiredChoice()), Cancellation);
        List<ChatMessage> messages = [new UserChatMessage(Question), new AssistantChatMessage(first)];
        messages.AddRange(first.ToolCalls.Select(call => new ToolChatMessage(call.Id, "Rain.")));
        ChatCompletionOptions options = Calling(ChatToolChoice.CreateNoneChoice());
        options.MaxOutputTokenCount = 8;

        ChatCompletion alone = await Chat().CompleteChatAsync(messages[..1], options, Cancellation);
        ChatCompletion next = await Chat().CompleteChatAsync(messages, options, Cancellation);

        Assert.Empty(next.ToolCalls);
        Assert.True(next.Usage.InputTokenCount > alone.Usage.InputTokenCount);
    }

    [Fact]
    public async Task An_answer_of_a_schema_is_JSON_of_that_schema_behind_its_thinking()
    {
        ChatCompletionOptions options = Still();
        options.ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("forecast", BinaryData.FromString(Schema), jsonSchemaIsStrict: true);

        ChatCompletion completion = await Chat().CompleteChatAsync([new UserChatMessage(Question)], options, Cancellation);

        AssertForecast(BinaryData.FromString(completion.Content[0].Text));
        Assert.NotEqual(0, completion.Usage.OutputTokenDetails.ReasoningTokenCount);
    }

    [Fact]
    public async Task Tokens_come_with_their_log_probabilities()
    {
        ChatCompletionOptions options = Still();
        options.IncludeLogProbabilities = true;
        options.TopLogProbabilityCount = 2;

        ChatCompletion completion = await Chat().CompleteChatAsync([new UserChatMessage(Question)], options, Cancellation);

        Assert.NotEmpty(completion.ContentTokenLogProbabilities);
        Assert.All(completion.ContentTokenLogProbabilities, token =>
        {
            Assert.InRange(token.LogProbability, -100, 0);
            Assert.Equal(2, token.TopLogProbabilities.Count);
        });
    }

    [Theory]
    [InlineData("sputnik-zero", "sk-none-of-this-server", 401)]
    [InlineData("gpt-9", null, 404)]
    public async Task An_error_has_its_status(string model, string? key, int status)
    {
        ClientResultException error = await Assert.ThrowsAsync<ClientResultException>(() => Client(key).GetChatClient(model).CompleteChatAsync([new UserChatMessage(Question)], Still(), Cancellation));

        Assert.Equal(status, error.Status);
    }

    [Fact]
    public async Task A_key_does_what_it_may_as_often_as_it_may()
    {
        (string reader, _) = _served.Store.Keys.Add("reader", Scope.Models, new(), DateTimeOffset.UnixEpoch);
        (string daily, _) = _served.Store.Keys.Add("daily", Scope.All, new() { RequestsPerDay = 1 }, DateTimeOffset.UnixEpoch);

        Assert.Single((await Client(reader).GetOpenAIModelClient().GetModelsAsync(Cancellation)).Value);
        ClientResultException forbidden = await Assert.ThrowsAsync<ClientResultException>(() => Client(reader).GetChatClient("sputnik-zero").CompleteChatAsync([new UserChatMessage(Question)], Still(), Cancellation));
        ClientResultException limited = await Assert.ThrowsAsync<ClientResultException>(async () =>
        {
            // An answer is on its key's account a moment after the client has it.
            for (; ; )
            {
                await Client(daily).GetChatClient("sputnik-zero").CompleteChatAsync([new UserChatMessage(Question)], Still(), Cancellation);
            }
        });

        Assert.Equal(403, forbidden.Status);
        Assert.Equal(429, limited.Status);
        Assert.True(limited.GetRawResponse()!.Headers.TryGetValue("Retry-After", out _));
    }

    [Fact]
    public async Task A_conversation_that_does_not_fit_is_refused_with_both_numbers()
    {
        string text = string.Concat(Enumerable.Repeat("1 + 2 = 3. ", ZeroWithTools.ContextTokens));

        ClientResultException error = await Assert.ThrowsAsync<ClientResultException>(() => Chat().CompleteChatAsync([new UserChatMessage(text)], Still(), Cancellation));

        Assert.Equal(400, error.Status);
        JsonElement body = JsonDocument.Parse(error.GetRawResponse()!.Content).RootElement.GetProperty("error");
        Assert.Equal(ZeroWithTools.ContextTokens, body.GetProperty("n_ctx").GetInt32());
        Assert.Contains($"{ZeroWithTools.ContextTokens}", error.Message, StringComparison.Ordinal);
        Assert.Contains(body.GetProperty("n_prompt_tokens").GetRawText(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leaves_a_stream_stops_the_engine()
    {
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        ChatCompletionOptions options = new() { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("endless", BinaryData.FromString(EndlessSchema)) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (StreamingChatCompletionUpdate _ in Chat().CompleteChatStreamingAsync([new UserChatMessage(Question)], options, leaving.Token))
            {
                await leaving.CancelAsync();
            }
        });

        // Each look is a request of its own; an engine that went on would let the test run into its timeout.
        while (await Metric("sputnik_cancelled_total{") == 0 || await Metric("sputnik_requests_running ") + await Metric("sputnik_requests_waiting ") > 0)
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Models_are_listed_and_looked_up()
    {
        OpenAIModelClient models = Client().GetOpenAIModelClient();

        OpenAIModelCollection list = await models.GetModelsAsync(Cancellation);
        OpenAIModel one = await models.GetModelAsync("sputnik-zero", Cancellation);

        Assert.Equal("sputnik-zero", Assert.Single(list).Id);
        Assert.Equal("sputnik", one.OwnedBy);
    }

    [Fact]
    public async Task Embeddings_are_unit_vectors()
    {
        EmbeddingClient embeddings = Client().GetEmbeddingClient("sputnik-zero");

        OpenAIEmbeddingCollection many = await embeddings.GenerateEmbeddingsAsync(["x = 5", "2x = 8"], cancellationToken: Cancellation);
        OpenAIEmbedding one = await embeddings.GenerateEmbeddingAsync("2x = 8", cancellationToken: Cancellation);

        Assert.Equal(one.ToFloats().ToArray(), many[1].ToFloats().ToArray());
        Assert.Equal(1, one.ToFloats().ToArray().Sum(x => (double)x * x), 1e-5);
        Assert.True(many.Usage.InputTokenCount > 0);
    }

    private OpenAIClient Client(string? key = null) => new(new ApiKeyCredential(key ?? _key), new OpenAIClientOptions
    {
        Endpoint = new(_served.Client.BaseAddress!, "v1"),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
    });

    private ChatClient Chat() => Client().GetChatClient("sputnik-zero");

    /// <summary>An answer without chance.</summary>
    private static ChatCompletionOptions Still() => new() { Temperature = 0, MaxOutputTokenCount = 200 };

    private static ChatCompletionOptions Calling(ChatToolChoice choice)
    {
        ChatCompletionOptions options = Still();
        options.MaxOutputTokenCount = 300;
        options.Tools.Add(Forecast);
        options.ToolChoice = choice;
        options.AllowParallelToolCalls = false;
#pragma warning disable OPENAI001 // The client calls its reasoning effort experimental.
        options.ReasoningEffortLevel = "none";
#pragma warning restore OPENAI001
        return options;
    }

    private static void AssertForecast(BinaryData json)
    {
        JsonElement forecast = JsonDocument.Parse(json).RootElement;
        Assert.Equal(["city", "days"], forecast.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Contains(forecast.GetProperty("city").GetString(), (string[])["Paris", "Rome"]);
        Assert.InRange(forecast.GetProperty("days").GetInt32(), 1, 9);
    }

    private async Task<double> Metric(string name)
    {
        string page = await _served.Client.GetStringAsync("/metrics", Cancellation);
        return page.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal)).Sum(line => double.Parse(line[line.LastIndexOf(' ')..], CultureInfo.InvariantCulture));
    }
}
