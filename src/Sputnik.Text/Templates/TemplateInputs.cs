using System.Text.Json;

namespace Sputnik.Text;

/// <summary>What a chat template is rendered with, under the names that Hugging Face transformers gives.</summary>
public sealed record TemplateInputs
{
    /// <summary>messages: a list of objects with role and content. All of it counts as input.</summary>
    public required JsonElement Messages { get; init; }

    /// <summary>tools: a list of functions; null where there are none.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>documents: what the answer may draw on; null where there are none.</summary>
    public JsonElement? Documents { get; init; }

    /// <summary>add_generation_prompt: end where the assistant is to go on. As in transformers' pipelines the answer is asked for.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>bos_token: trusted, as the tokenizer's own.</summary>
    public string BosToken { get; init; } = "";

    /// <summary>eos_token: trusted, as the tokenizer's own.</summary>
    public string EosToken { get; init; } = "";

    /// <summary>More variables, such as enable_thinking. They come last and win.</summary>
    public IReadOnlyDictionary<string, TemplateValue> Extra { get; init; } = new Dictionary<string, TemplateValue>();

    /// <summary>What strftime_now asks for the local time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal Dictionary<string, TemplateValue> Variables()
    {
        Dictionary<string, TemplateValue> variables = new()
        {
            ["messages"] = TemplateValue.FromJson(Messages),
            ["tools"] = Tools is { } tools ? TemplateValue.FromJson(tools) : TemplateValue.None,
            ["documents"] = Documents is { } documents ? TemplateValue.FromJson(documents) : TemplateValue.None,
            ["add_generation_prompt"] = TemplateValue.Of(AddGenerationPrompt),
            ["bos_token"] = TemplateValue.Trusted(BosToken),
            ["eos_token"] = TemplateValue.Trusted(EosToken),
        };
        foreach ((string name, TemplateValue value) in Extra)
        {
            variables[name] = value;
        }

        return variables;
    }
}
