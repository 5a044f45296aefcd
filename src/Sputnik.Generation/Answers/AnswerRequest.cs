using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>A conversation that is to be answered.</summary>
public sealed record AnswerRequest
{
    /// <summary>The turns, oldest first.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Whether the last message, an assistant's, is to be continued rather than answered (DeepSeek's prefix completion).</summary>
    public bool ContinueLast { get; init; }

    /// <summary>Functions the model may ask for.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Whether it may, must or must not.</summary>
    public ToolChoice ToolChoice { get; init; } = new(ToolChoiceMode.Auto);

    /// <summary>Whether it may ask for several at once.</summary>
    public bool ParallelToolCalls { get; init; } = true;

    /// <summary>What the answer's text must look like. It binds after the thinking only.</summary>
    public AnswerFormat Format { get; init; } = new(AnswerFormatKind.Text);

    /// <summary>How long the model may think.</summary>
    public ThinkingOptions Thinking { get; init; } = new();

    /// <summary>Strings that end the answer and do not belong to it; never looked for in the thinking. At most 4 are usual.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Whether an answer that says the same over and over is ended as <see cref="AnswerEndReason.Loop"/>.</summary>
    public bool EndLoops { get; init; } = true;

    /// <summary>How tokens are drawn; null = the model's own wishes.</summary>
    public DrawSettings? Draw { get; init; }

    /// <summary>Tokens of thinking and answer together; null = as many as the context holds.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>Answers to the one conversation.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>Whose request it is, derived by the server.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Most likely tokens reported with each; null = no log-probs at all.</summary>
    public int? TopLogProbs { get; init; }
}
