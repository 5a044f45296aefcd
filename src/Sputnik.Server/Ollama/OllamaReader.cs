using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>Ollama's requests as the engine's.</summary>
internal sealed class OllamaReader(AnswerDesk desk)
{
    private RequestChecks Checks => desk.Checks;

    public AnswerRequest Read(OllamaChatRequest request)
    {
        IReadOnlyList<OllamaTurn> turns = RequestChecks.Items("messages", request.Messages);
        Checks.Messages("messages", turns.Count);
        return With(request.Options, request.Format, request.Think) with
        {
            Messages = [.. turns.Select((turn, index) => Turn(turn, $"messages[{index}]"))],
            ContinueLast = turns[^1].Role == "assistant",
            Tools = ToolFields.Read(request.Tools, Checks),
        };
    }

    public AnswerRequest Read(OllamaGenerateRequest request)
    {
        Refuse(request);
        ChatMessage[] system = request.System is { Length: > 0 } text ? [new(ChatRole.System, text)] : [];
        return With(request.Options, request.Format, request.Think) with { Messages = [.. system, new(ChatRole.User, request.Prompt ?? "")] };
    }

    /// <summary>A prompt that is continued as it stands.</summary>
    public (TokenRequest Request, CompletionPlan Plan) ReadRaw(OllamaGenerateRequest request)
    {
        Refuse(request);
        FitContext(request.Options);
        Tokenizer tokenizer = desk.Model.Responder.Loaded.Tokenizer;
        int[] prompt = tokenizer.Encode(request.Prompt ?? "", parseSpecial: true, addSpecial: true);
        IReadOnlyList<string> stops = Stops(request.Options);
        TokenRequest tokens = new()
        {
            Prompt = prompt,
            Draw = Draw(request.Options).ToSettings(desk.Model, desk.Options),
            MaxNewTokens = Math.Min(Most(request.Options) ?? int.MaxValue, Math.Max(1, desk.Model.ContextTokens - prompt.Length)),
            StopTokens = tokenizer.EndIds,
            Guide = stops.Count == 0 ? null : _ => new StopGuide(tokenizer, stops),
        };
        return (tokens, new() { Requests = [tokens], Stops = stops, Echo = false, Draws = true, LogProbs = false });
    }

    private static void Refuse(OllamaGenerateRequest request)
    {
        if (request.Template is { Length: > 0 })
        {
            throw ApiException.Unsupported("template", "A template is code and is taken from the model only.");
        }

        if (request.Suffix is { Length: > 0 })
        {
            throw ApiException.Unsupported("suffix", "Filling in the middle is not offered; leave suffix out.");
        }

        NoImages("images", request.Images);
    }

    private static void NoImages(string param, JsonElement? images)
    {
        if (images is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0)
        {
            throw ApiException.Unsupported(param, "This server reads text only.");
        }
    }

    private static ChatMessage Turn(OllamaTurn turn, string param)
    {
        NoImages($"{param}.images", turn.Images);
        ChatRole role = turn.Role switch
        {
            "system" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            "tool" => ChatRole.Tool,
            _ => throw ApiException.Invalid($"{param}.role", $"{param}.role must be system, user, assistant or tool."),
        };
        return new(role, turn.Content ?? "")
        {
            Thinking = turn.Thinking,
            Name = turn.ToolName,
            ToolCallId = turn.ToolCallId,
            ToolCalls =
            [
                .. RequestChecks.Items($"{param}.tool_calls", turn.ToolCalls).Select(call => new ToolCall(
                    call.Id ?? "",
                    call.Function?.Name ?? throw ApiException.Invalid($"{param}.tool_calls", "A call has no function.name."),
                    call.Function.Arguments?.GetRawText() ?? "{}")),
            ],
        };
    }

    private AnswerRequest With(OllamaOptions? options, JsonElement? format, JsonElement? think)
    {
        int? most = Most(options);
        FitContext(options);
        return new()
        {
            Messages = [],
            Format = Format(format),
            Thinking = Think(think).ToOptions(desk.Model, most),
            Stop = Stops(options),
            Draw = Draw(options).ToSettings(desk.Model, desk.Options),
            MaxNewTokens = most,
        };
    }

    private IReadOnlyList<string> Stops(OllamaOptions? options) => Checks.Stop("options.stop", StringFields.OneOrMany("options.stop", options?.Stop));

    /// <summary>A longer context than was made room for at the start is refused: to cut in silence is worse.</summary>
    private void FitContext(OllamaOptions? options)
    {
        if (options?.NumCtx > desk.Model.ContextTokens)
        {
            throw ApiException.Invalid("options.num_ctx", $"options.num_ctx is {options.NumCtx}, this server has room for {desk.Model.ContextTokens} tokens; leave it out, or start it with --context {options.NumCtx}.");
        }
    }

    // −1 and −2 are Ollama's words for: as many as there is room for.
    private static int? Most(OllamaOptions? options) => options?.NumPredict is -1 or -2 ? null : RequestChecks.MaxTokens("options.num_predict", options?.NumPredict);

    private static DrawWishes Draw(OllamaOptions? options) => new()
    {
        Temperature = options?.Temperature,
        TopP = options?.TopP,
        TopK = options?.TopK,
        MinP = options?.MinP,
        TypicalP = options?.TypicalP,
        RepeatPenalty = options?.RepeatPenalty,
        RepeatLast = options?.RepeatLastN,
        PresencePenalty = options?.PresencePenalty,
        FrequencyPenalty = options?.FrequencyPenalty,
        Seed = options?.Seed,
    };

    private static ThinkingWishes Think(JsonElement? think) => think switch
    {
        null or { ValueKind: JsonValueKind.Null } => new(),
        { ValueKind: JsonValueKind.True } => new() { Enabled = true },
        { ValueKind: JsonValueKind.False } => new() { Enabled = false },
        { ValueKind: JsonValueKind.String } effort => new() { Effort = effort.GetString() },
        _ => throw ApiException.Invalid("think", "think must be true, false, low, medium or high."),
    };

    private AnswerFormat Format(JsonElement? format) => format switch
    {
        null or { ValueKind: JsonValueKind.Null } => new(AnswerFormatKind.Text),
        { ValueKind: JsonValueKind.String } word when word.GetString() is "" => new(AnswerFormatKind.Text),
        { ValueKind: JsonValueKind.String } word when word.GetString() is "json" => new(AnswerFormatKind.JsonObject),
        { ValueKind: JsonValueKind.Object } schema => new(AnswerFormatKind.JsonSchema, Checks.Schema("format", schema)),
        _ => throw ApiException.Invalid("format", "format must be \"json\" or a JSON Schema."),
    };
}
