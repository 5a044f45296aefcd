namespace Sputnik.Text;

/// <summary>One turn of a conversation.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Content">What is said, as plain text. An assistant's may still hold its thinking.</param>
public sealed record ChatMessage(ChatRole Role, string Content)
{
    /// <summary>An assistant's thinking where it was kept apart from what it said.</summary>
    public string? Thinking { get; init; }

    /// <summary>Functions an assistant asked for.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>The call that a tool's message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The participant's or the tool's name.</summary>
    public string? Name { get; init; }
}
