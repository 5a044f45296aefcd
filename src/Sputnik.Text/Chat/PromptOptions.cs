namespace Sputnik.Text;

/// <summary>What else shapes a prompt besides its messages.</summary>
public sealed record PromptOptions
{
    /// <summary>Functions the model may ask for.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Whether the answer begins with thinking; null = as the template does by itself.</summary>
    public bool? Thinking { get; init; }

    /// <summary>Whether the last message, an assistant's, is left open to be continued.</summary>
    public bool ContinueLast { get; init; }

    /// <summary>More variables of the model's own template.</summary>
    public IReadOnlyDictionary<string, TemplateValue> Variables { get; init; } = new Dictionary<string, TemplateValue>();
}
