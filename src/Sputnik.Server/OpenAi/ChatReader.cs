using System.Text.Json;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>OpenAI's chat request as the engine's.</summary>
internal sealed class ChatReader(AnswerDesk desk)
{
    private RequestChecks Checks => desk.Checks;

    public AnswerRequest Read(ChatRequest request)
    {
        Refuse(request);
        IReadOnlyList<ChatTurn> turns = RequestChecks.Items("messages", request.Messages);
        Checks.Messages("messages", turns.Count);
        int? most = request.MaxCompletionTokens is null ? RequestChecks.MaxTokens("max_tokens", request.MaxTokens) : RequestChecks.MaxTokens("max_completion_tokens", request.MaxCompletionTokens);
        ToolChoice choice = ToolFields.Choice(request.ToolChoice);
        return new()
        {
            Messages = [.. turns.Select((turn, index) => new TurnReader(Checks, $"messages[{index}]").Read(turn))],
            ContinueLast = Continues(request, turns),
            Tools = ToolFields.Read(request.Tools, Checks),
            ToolChoice = choice,
            ParallelToolCalls = request.ParallelToolCalls ?? true,
            Format = Format(request),
            Thinking = Thinking(request).ToOptions(desk.Model, most),
            Stop = Checks.Stop("stop", StringFields.OneOrMany("stop", request.Stop)),
            Draw = Draw(request).ToSettings(desk.Model, desk.Options),
            MaxNewTokens = most,
            Choices = Checks.Choices("n", request.N),
            TopLogProbs = TopLogProbs(request),
        };
    }

    private static void Refuse(ChatRequest request)
    {
        if (request.ChatTemplate is { ValueKind: not JsonValueKind.Null })
        {
            throw ApiException.Unsupported("chat_template", "A template is code and is taken from the model only.");
        }
    }

    private static bool Continues(ChatRequest request, IReadOnlyList<ChatTurn> turns)
    {
        bool asked = request.ContinueFinalMessage == true || turns[^1].Prefix == true;
        return !asked || turns[^1].Role == "assistant"
            ? asked
            : throw ApiException.Invalid($"messages[{turns.Count - 1}].role", "Only an assistant's message can be continued.");
    }

    private int? TopLogProbs(ChatRequest request)
    {
        if (request.Logprobs != true)
        {
            return request.TopLogprobs is null or 0
                ? null
                : throw ApiException.Invalid("top_logprobs", "top_logprobs needs logprobs: true.");
        }

        return Checks.TopLogProbs("top_logprobs", request.TopLogprobs ?? 0);
    }

    private static DrawWishes Draw(ChatRequest request) => new()
    {
        Temperature = request.Temperature,
        TopP = request.TopP,
        TopK = request.TopK,
        MinP = request.MinP,
        TypicalP = request.TypicalP,
        RepeatPenalty = request.RepeatPenalty ?? request.RepetitionPenalty,
        RepeatLast = request.RepeatLastN,
        PresencePenalty = request.PresencePenalty,
        FrequencyPenalty = request.FrequencyPenalty,
        Seed = request.Seed,
        LogitBias = request.LogitBias,
    };

    private static ThinkingWishes Thinking(ChatRequest request)
    {
        bool? enabled = request.Thinking?.Type switch
        {
            null or "adaptive" => null,
            "enabled" => true,
            "disabled" => false,
            _ => throw ApiException.Invalid("thinking.type", "thinking.type must be enabled, disabled or adaptive."),
        };
        foreach ((string name, JsonElement value) in request.ChatTemplateKwargs ?? new Dictionary<string, JsonElement>())
        {
            enabled = (name, value.ValueKind) switch
            {
                ("enable_thinking" or "thinking", JsonValueKind.True) => true,
                ("enable_thinking" or "thinking", JsonValueKind.False) => false,
                ("enable_thinking" or "thinking", _) => throw ApiException.Invalid($"chat_template_kwargs.{name}", $"{name} must be true or false."),
                _ => throw ApiException.Unsupported("chat_template_kwargs", "chat_template_kwargs may hold enable_thinking and thinking; a template's other variables are not a request's to set."),
            };
        }

        return new()
        {
            Enabled = enabled,
            Effort = request.ReasoningEffort,
            Budget = request.ThinkingTokenBudget ?? request.ReasoningBudget ?? request.Thinking?.BudgetTokens,
            BudgetParam = request.ThinkingTokenBudget is not null ? "thinking_token_budget" : request.ReasoningBudget is not null ? "reasoning_budget" : "thinking.budget_tokens",
        };
    }

    private AnswerFormat Format(ChatRequest request)
    {
        AnswerFormat?[] asked =
        [
            OfFormat(request.ResponseFormat),
            request.Grammar is { Length: > 0 } grammar ? Checks.Grammar("grammar", grammar) : null,
            request.Regex is { Length: > 0 } regex ? Checks.Regex("regex", regex) : null,
            request.JsonSchema is { ValueKind: JsonValueKind.Object } schema ? new(AnswerFormatKind.JsonSchema, Checks.Schema("json_schema", schema)) : null,
        ];
        AnswerFormat[] formats = [.. asked.OfType<AnswerFormat>()];
        return formats.Length <= 1
            ? formats.FirstOrDefault() ?? new(AnswerFormatKind.Text)
            : throw ApiException.Invalid("response_format", "An answer can have one format: response_format, grammar, regex or json_schema.");
    }

    private AnswerFormat? OfFormat(ResponseFormat? format) => format?.Type switch
    {
        null or "text" => null,
        "json_object" => new(AnswerFormatKind.JsonObject),
        "json_schema" when format.JsonSchema?.Schema is { } schema => new(AnswerFormatKind.JsonSchema, Checks.Schema("response_format.json_schema.schema", schema)),
        "json_schema" => throw ApiException.Invalid("response_format.json_schema.schema", "The type json_schema needs json_schema.schema."),
        _ => throw ApiException.Invalid("response_format.type", "response_format.type must be text, json_object or json_schema."),
    };
}
