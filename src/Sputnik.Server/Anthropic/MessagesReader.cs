using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>Anthropic's request as the engine's.</summary>
internal sealed class MessagesReader(AnswerDesk desk)
{
    private RequestChecks Checks => desk.Checks;

    /// <param name="request">The body.</param>
    /// <param name="counts">Whether only its tokens are asked for: then no max_tokens is needed.</param>
    public AnswerRequest Read(MessagesRequest request, bool counts = false)
    {
        IReadOnlyList<MessagesTurn> turns = RequestChecks.Items("messages", request.Messages);
        Checks.Messages("messages", turns.Count);
        int? most = RequestChecks.MaxTokens("max_tokens", request.MaxTokens);
        if (most is null && !counts)
        {
            throw ApiException.Invalid("max_tokens", "max_tokens is required.");
        }

        IReadOnlyList<ChatMessage> system = request.System is { ValueKind: not JsonValueKind.Null } text
            ? [new(ChatRole.System, new TurnReader(Checks, "system").Content(text, optional: false))]
            : [];
        return new()
        {
            Messages = [.. system, .. turns.SelectMany((turn, index) => new BlockReader(Checks, $"messages[{index}]").Read(turn))],
            ContinueLast = turns[^1].Role == "assistant",
            Tools = Tools(RequestChecks.Items("tools", request.Tools)),
            ToolChoice = Choice(request.ToolChoice),
            ParallelToolCalls = request.ToolChoice?.DisableParallelToolUse != true,
            Format = Format(request.OutputConfig?.Format),
            Thinking = Thinking(request).ToOptions(desk.Model, most),
            Stop = Checks.Stop("stop_sequences", RequestChecks.Items("stop_sequences", request.StopSequences)),
            Draw = new DrawWishes { Temperature = request.Temperature, TopP = request.TopP, TopK = request.TopK }.ToSettings(desk.Model, desk.Options),
            MaxNewTokens = most,
        };
    }

    private IReadOnlyList<ToolDefinition> Tools(IReadOnlyList<MessagesTool> tools)
    {
        Checks.Tools("tools", tools.Count);
        return
        [
            .. tools.Select((tool, index) => ToolFields.Define(
                $"tools[{index}]", tool.Type is "custom" ? null : tool.Type, new(tool.Name, tool.Description, tool.InputSchema, tool.Strict), Checks)),
        ];
    }

    private static ToolChoice Choice(MessagesToolChoice? choice) => choice?.Type switch
    {
        null or "auto" => new(ToolChoiceMode.Auto),
        "none" => new(ToolChoiceMode.None),
        "any" => new(ToolChoiceMode.Required),
        "tool" when choice.Name is { } name => new(ToolChoiceMode.Required, name),
        _ => throw ApiException.Invalid("tool_choice", "tool_choice.type must be auto, any, none, or tool with a name."),
    };

    private AnswerFormat Format(MessagesFormat? format) => format?.Type switch
    {
        null => new(AnswerFormatKind.Text),
        "json_schema" when format.Schema is { } schema => new(AnswerFormatKind.JsonSchema, Checks.Schema("output_config.format.schema", schema)),
        _ => throw ApiException.Invalid("output_config.format.type", "output_config.format.type must be json_schema, with a schema."),
    };

    private static ThinkingWishes Thinking(MessagesRequest request) => new()
    {
        Enabled = request.Thinking?.Type switch
        {
            null or "adaptive" => null,
            "enabled" => true,
            "disabled" => false,
            _ => throw ApiException.Invalid("thinking.type", "thinking.type must be enabled, disabled or adaptive."),
        },
        Budget = request.Thinking?.BudgetTokens,
        BudgetParam = "thinking.budget_tokens",
        Effort = request.OutputConfig?.Effort,
    };
}
