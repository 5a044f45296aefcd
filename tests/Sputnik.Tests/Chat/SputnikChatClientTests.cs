using System.Text.Json;
using Microsoft.Extensions.AI;
using Sputnik.Chat;
using Sputnik.Generation;
using Sputnik.Tensors;
using Sputnik.Tests.Generation;
using Sputnik.Tests.Text;
using Sputnik.Text;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatRole = Microsoft.Extensions.AI.ChatRole;

namespace Sputnik.Tests.Chat;

public sealed class SputnikChatClientTests : IDisposable
{
    private readonly LoadedModel _loaded = new(SmallModel.Create(), SmallTokenizer.Train());
    private readonly Workers _workers = new(1);
    private readonly Engine _engine;
    private readonly Responder _responder;
    private readonly SputnikChatClient _client;

    public SputnikChatClientTests()
    {
        _engine = new(_loaded.Model, _workers);
        _responder = new(_loaded, _engine);
        _client = new(_responder, "small");
    }

    public void Dispose()
    {
        _client.Dispose();
        _engine.Dispose();
        _workers.Dispose();
        _loaded.Dispose();
    }

    [Fact]
    public void What_the_options_leave_out_is_as_the_model_wishes()
    {
        Responder wishing = new(new(_loaded.Model, _loaded.Tokenizer, new() { TopP = 0.5f, TopK = 3 }), _engine);

        AnswerRequest made = new RequestMaker(wishing, _client).Make([new(ChatRole.User, "x")], new() { TopP = 0.75f });

        Assert.Equal((0.75f, 3), (made.Draw?.TopP, made.Draw?.TopK));
    }

    [Fact]
    public async Task Thinking_and_answer_arrive_apart_with_their_tokens_counted()
    {
        ChatResponse thinking = await Ask(new() { MaxOutputTokens = 10, Seed = 1, Temperature = 1 });
        ChatResponse answering = await Ask(new() { MaxOutputTokens = 30, Seed = 1, Temperature = 1, Reasoning = new() { Effort = ReasoningEffort.None } });

        AIContent thought = Assert.Single(thinking.Messages.Single().Contents);
        Assert.NotEqual("", Assert.IsType<TextReasoningContent>(thought).Text);
        Assert.Equal("", thinking.Text);
        Assert.NotEqual("", answering.Text);
        Assert.Equal((10, 10), (thinking.Usage?.OutputTokenCount, thinking.Usage?.ReasoningTokenCount));
        Assert.Equal(0, answering.Usage?.ReasoningTokenCount);
        Assert.Equal(_responder.Prompt(new() { Messages = [new(Sputnik.Text.ChatRole.User, "8?")] }).Length, thinking.Usage?.InputTokenCount);
        Assert.Equal((ChatFinishReason.Length, "small"), (thinking.FinishReason, thinking.ModelId));
    }

    [Fact]
    public async Task A_streamed_response_is_the_one_that_is_not_streamed()
    {
        ChatOptions options = new() { MaxOutputTokens = 40, Seed = 3, Temperature = 1, TopK = 40, Reasoning = new() { Effort = ReasoningEffort.None } };
        ChatResponse whole = await Ask(options);

        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in _client.GetStreamingResponseAsync("8?", options, TestContext.Current.CancellationToken))
        {
            updates.Add(update);
        }

        Assert.Equal(whole.Text, string.Concat(updates.Select(update => update.Text)));
        Assert.Single(updates, update => update.FinishReason is not null);
        Assert.Single(updates.Select(update => update.MessageId).Distinct());
    }

    [Fact]
    public async Task A_seed_is_the_whole_difference()
    {
        ChatResponse first = await Ask(new() { MaxOutputTokens = 20, Seed = 1, Temperature = 1 });
        ChatResponse again = await Ask(new() { MaxOutputTokens = 20, Seed = 1, Temperature = 1 });
        ChatResponse other = await Ask(new() { MaxOutputTokens = 20, Seed = 2, Temperature = 1 });

        Assert.Equal(Thought(first), Thought(again));
        Assert.NotEqual(Thought(first), Thought(other));

        static string Thought(ChatResponse response) => response.Messages[0].Contents.OfType<TextReasoningContent>().Single().Text;
    }

    [Fact]
    public void Options_become_a_request_over_what_the_caller_gave()
    {
        JsonElement schema = JsonDocument.Parse("""{"type":"object"}""").RootElement;
        ChatOptions options = new()
        {
            Instructions = "Be brief.",
            Temperature = 0.5f,
            TopP = 0.9f,
            TopK = 7,
            FrequencyPenalty = 0.25f,
            PresencePenalty = 0.5f,
            Seed = -1,
            MaxOutputTokens = 50,
            StopSequences = ["END"],
            ResponseFormat = ChatResponseFormat.ForJsonSchema(schema),
            Tools = [AIFunctionFactory.CreateDeclaration("add", "Adds.", schema)],
            ToolMode = ChatToolMode.RequireSpecific("add"),
            AllowMultipleToolCalls = false,
            Reasoning = new() { Effort = ReasoningEffort.Low },
            RawRepresentationFactory = _ => new AnswerRequest { Messages = [], EndLoops = false, Draw = new() { MinP = 0.1f } },
        };

        AnswerRequest request = new RequestMaker(_responder, _client).Make([new(ChatRole.User, "8?")], options);

        Assert.Equal(["Be brief.", "8?"], request.Messages.Select(message => message.Content));
        Assert.Equal((0.5f, 0.9f, 7, 0.1f), (request.Draw?.Temperature, request.Draw?.TopP, request.Draw?.TopK, request.Draw?.MinP));
        Assert.Equal((0.25f, 0.5f, ulong.MaxValue), (request.Draw?.FrequencyPenalty, request.Draw?.PresencePenalty, request.Draw?.Seed));
        Assert.Equal((50, "END", false), (request.MaxNewTokens, request.Stop.Single(), request.EndLoops));
        Assert.Equal(new(AnswerFormatKind.JsonSchema, """{"type":"object"}"""), request.Format);
        Assert.Equal(("add", "Adds."), (request.Tools.Single().Name, request.Tools.Single().Description));
        Assert.Equal((new(ToolChoiceMode.Required, "add"), false), (request.ToolChoice, request.ParallelToolCalls));
        Assert.Equal(new() { Enabled = true, Budget = 10 }, request.Thinking);
    }

    [Fact]
    public void Messages_keep_thinking_calls_and_results()
    {
        FunctionCallContent call = new("call-1", "add", new Dictionary<string, object?> { ["a"] = 1, ["b"] = "x" });
        ChatMessage[] messages =
        [
            new(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("so"), call]),
            new(ChatRole.Tool, [new FunctionResultContent("call-1", 12), new FunctionResultContent("call-2", "text")]),
        ];

        Sputnik.Text.ChatMessage[] read = [.. messages.SelectMany(MessageReader.Read)];

        Assert.Equal(("so", "hm", new ToolCall("call-1", "add", """{"a":1,"b":"x"}""")), (read[0].Content, read[0].Thinking, read[0].ToolCalls.Single()));
        Assert.Equal([("12", "call-1"), ("text", "call-2")], read[1..].Select(result => (result.Content, result.ToolCallId)));
        Assert.All(read[1..], result => Assert.Equal(Sputnik.Text.ChatRole.Tool, result.Role));
    }

    [Fact]
    public void A_streamed_call_comes_whole()
    {
        PendingCalls calls = new();
        AnswerPiece[] pieces =
        [
            new(0, AnswerPieceKind.ToolCall, "") { Call = new("c1", "add", "") },
            new(0, AnswerPieceKind.ToolArguments, "{\"a\":"),
            new(0, AnswerPieceKind.ToolArguments, "1}"),
            new(0, AnswerPieceKind.ToolCall, "") { Call = new("c2", "add", "") },
            new(0, AnswerPieceKind.ToolArguments, "{\"a\":"),
            new(0, AnswerPieceKind.Finish, "") { End = new(AnswerEndReason.ToolCalls, null, false, false, 9, 0) },
        ];

        ChatResponseUpdate[] updates = [.. pieces.Select(piece => SputnikChatClient.Update(piece, calls, stream: null)).OfType<ChatResponseUpdate>()];

        FunctionCallContent[] made = [.. updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>()];
        Assert.Equal(["c1", "c2"], made.Select(call => call.CallId));
        Assert.Equal(1, ((JsonElement?)made[0].Arguments?["a"])?.GetInt32());
        Assert.IsType<InvalidDataException>(made[1].Exception);
        Assert.Equal(ChatFinishReason.ToolCalls, updates[^1].FinishReason);
    }

    [Fact]
    public async Task What_is_not_built_is_refused_by_name()
    {
        ChatMessage image = new(ChatRole.User, [new UriContent("http://localhost/a.png", "image/png")]);

        Assert.Contains("UriContent", (await Refused([image], new())).Message, StringComparison.Ordinal);
        Assert.Contains("ConversationId 'x'", (await Refused([], new() { ConversationId = "x" })).Message, StringComparison.Ordinal);
        Assert.Contains("HostedWebSearchTool", (await Refused([], new() { Tools = [new HostedWebSearchTool()] })).Message, StringComparison.Ordinal);

        async Task<Exception> Refused(ChatMessage[] messages, ChatOptions options) =>
            await Assert.ThrowsAsync<NotSupportedException>(() => _client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Services_are_found_by_their_type()
    {
        Assert.Same(_client, _client.GetService<IChatClient>());
        Assert.Same(_responder, _client.GetService<Responder>());
        Assert.Equal(("sputnik", "small"), (_client.GetService<ChatClientMetadata>()?.ProviderName, _client.GetService<ChatClientMetadata>()?.DefaultModelId));
        Assert.Null(_client.GetService(typeof(Responder), "key"));
        Assert.Null(_client.GetService<Uri>());
    }

    private Task<ChatResponse> Ask(ChatOptions options) => _client.GetResponseAsync("8?", options, TestContext.Current.CancellationToken);
}
