using Microsoft.Extensions.AI;
using Sputnik.Generation;
using Sputnik.Text;
using AiMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatMessage = Sputnik.Text.ChatMessage;
using ChatRole = Sputnik.Text.ChatRole;

namespace Sputnik.Chat;

/// <summary>Microsoft.Extensions.AI's messages and options as a request to the engine. What is not set stays as the model wishes.</summary>
internal sealed class RequestMaker(Responder responder, IChatClient client)
{
    /// <exception cref="NotSupportedException">A message or an option asks for what is not built.</exception>
    public AnswerRequest Make(IEnumerable<AiMessage> messages, ChatOptions options)
    {
        if (options.ConversationId is string conversation)
        {
            throw new NotSupportedException($"Conversations are not kept here: send all messages instead of ConversationId '{conversation}'.");
        }

        AnswerRequest given = options.RawRepresentationFactory?.Invoke(client) as AnswerRequest ?? new() { Messages = [] };
        if (given.Choices != 1)
        {
            throw new NotSupportedException($"A chat client gives one answer, got {nameof(AnswerRequest.Choices)} = {given.Choices}: ask so many times, each with a seed of its own.");
        }

        IEnumerable<ChatMessage> system = string.IsNullOrEmpty(options.Instructions) ? [] : [new(ChatRole.System, options.Instructions)];
        return given with
        {
            Messages = [.. system, .. messages.SelectMany(MessageReader.Read)],
            Tools = options.Tools is null ? given.Tools : [.. options.Tools.Select(Tool)],
            ToolChoice = options.ToolMode is null ? given.ToolChoice : Choice(options.ToolMode),
            ParallelToolCalls = options.AllowMultipleToolCalls ?? given.ParallelToolCalls,
            Format = options.ResponseFormat is null ? given.Format : Format(options.ResponseFormat),
            Thinking = options.Reasoning?.Effort is null ? given.Thinking : Thinking(options),
            Stop = options.StopSequences is null ? given.Stop : [.. options.StopSequences],
            MaxNewTokens = options.MaxOutputTokens ?? given.MaxNewTokens,
            Draw = Draw(options, given.Draw),
        };
    }

    private DrawSettings Draw(ChatOptions options, DrawSettings? given)
    {
        DrawSettings draw = given ?? responder.Loaded.Generation.ToDraw();
        return draw with
        {
            Temperature = options.Temperature ?? draw.Temperature,
            TopP = options.TopP ?? draw.TopP,
            TopK = options.TopK ?? draw.TopK,
            FrequencyPenalty = options.FrequencyPenalty ?? draw.FrequencyPenalty,
            PresencePenalty = options.PresencePenalty ?? draw.PresencePenalty,
            Seed = options.Seed is long seed ? unchecked((ulong)seed) : draw.Seed,
        };
    }

    private ThinkingOptions Thinking(ChatOptions options)
    {
        ThinkingEffort effort = options.Reasoning?.Effort switch
        {
            ReasoningEffort.None => ThinkingEffort.None,
            ReasoningEffort.Low => ThinkingEffort.Low,
            ReasoningEffort.Medium => ThinkingEffort.Medium,
            _ => ThinkingEffort.High,
        };
        return new()
        {
            Enabled = effort != ThinkingEffort.None,
            Budget = ThinkingOptions.ShareOf(effort, options.MaxOutputTokens ?? responder.Engine.ContextTokens),
        };
    }

    private static ToolDefinition Tool(AITool tool) => tool is AIFunctionDeclaration function
        ? new(function.Name, function.Description, function.JsonSchema)
        : throw new NotSupportedException($"A tool must be a function, got '{tool.Name}' of type {tool.GetType().Name}.");

    private static ToolChoice Choice(ChatToolMode mode) => mode switch
    {
        RequiredChatToolMode required => new(ToolChoiceMode.Required, required.RequiredFunctionName),
        NoneChatToolMode => new(ToolChoiceMode.None),
        _ => new(ToolChoiceMode.Auto),
    };

    private static AnswerFormat Format(ChatResponseFormat format) => format is not ChatResponseFormatJson json ? new(AnswerFormatKind.Text)
        : json.Schema is { } schema ? new(AnswerFormatKind.JsonSchema, schema.GetRawText())
        : new(AnswerFormatKind.JsonObject);
}
