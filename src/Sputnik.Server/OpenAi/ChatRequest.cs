using System.Text.Json;

namespace Sputnik.Server;

/// <summary>Body of /v1/chat/completions. Unknown fields are ignored, as OpenAI does with those of its clients' newer versions.</summary>
internal sealed record ChatRequest
{
    public string? Model { get; init; }

    public IReadOnlyList<ChatTurn>? Messages { get; init; }

    public int? MaxTokens { get; init; }

    public int? MaxCompletionTokens { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? N { get; init; }

    /// <summary>A string or several.</summary>
    public JsonElement? Stop { get; init; }

    public long? Seed { get; init; }

    public float? PresencePenalty { get; init; }

    public float? FrequencyPenalty { get; init; }

    public IReadOnlyDictionary<string, float>? LogitBias { get; init; }

    public bool? Logprobs { get; init; }

    public int? TopLogprobs { get; init; }

    public bool? Stream { get; init; }

    public StreamOptions? StreamOptions { get; init; }

    public ResponseFormat? ResponseFormat { get; init; }

    public IReadOnlyList<ChatTool>? Tools { get; init; }

    /// <summary>A word or an object.</summary>
    public JsonElement? ToolChoice { get; init; }

    public bool? ParallelToolCalls { get; init; }

    public string? ReasoningEffort { get; init; }

    /// <summary>vLLM's name of the thinking budget.</summary>
    public int? ThinkingTokenBudget { get; init; }

    /// <summary>llama.cpp's.</summary>
    public int? ReasoningBudget { get; init; }

    /// <summary>DeepSeek's and Anthropic's switch.</summary>
    public ThinkingSwitch? Thinking { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? ChatTemplateKwargs { get; init; }

    public bool? ContinueFinalMessage { get; init; }

    public int? TopK { get; init; }

    public float? MinP { get; init; }

    public float? TypicalP { get; init; }

    /// <summary>llama.cpp's name.</summary>
    public float? RepeatPenalty { get; init; }

    /// <summary>vLLM's.</summary>
    public float? RepetitionPenalty { get; init; }

    public int? RepeatLastN { get; init; }

    /// <summary>llama.cpp's GBNF.</summary>
    public string? Grammar { get; init; }

    /// <summary>A regular expression for the answer (SGLang's name).</summary>
    public string? Regex { get; init; }

    /// <summary>llama.cpp's schema.</summary>
    public JsonElement? JsonSchema { get; init; }

    /// <summary>Refused: a template is code.</summary>
    public JsonElement? ChatTemplate { get; init; }
}

internal sealed record StreamOptions(bool? IncludeUsage);

/// <summary>enabled, disabled or adaptive; a budget in tokens where Anthropic's clients send one.</summary>
internal sealed record ThinkingSwitch(string? Type, int? BudgetTokens);

internal sealed record ResponseFormat(string? Type, SchemaFormat? JsonSchema);

internal sealed record SchemaFormat(string? Name, JsonElement? Schema, bool? Strict);

/// <summary>One message; content is a string, parts, or null beside tool calls.</summary>
internal sealed record ChatTurn
{
    public string? Role { get; init; }

    public JsonElement? Content { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<ChatToolCall>? ToolCalls { get; init; }

    public string? ToolCallId { get; init; }

    public string? ReasoningContent { get; init; }

    public string? Reasoning { get; init; }

    /// <summary>DeepSeek's prefix completion: this message, the last, is to be continued.</summary>
    public bool? Prefix { get; init; }
}

internal sealed record ChatToolCall(string? Id, string? Type, ChatFunctionCall? Function);

internal sealed record ChatFunctionCall(string? Name, string? Arguments);

internal sealed record ChatTool(string? Type, ChatFunction? Function);

internal sealed record ChatFunction(string? Name, string? Description, JsonElement? Parameters, bool? Strict);
