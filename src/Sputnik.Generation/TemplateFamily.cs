namespace Sputnik.Generation;

/// <summary>Which published models a chat template looks like, by the markers it writes.</summary>
public static class TemplateFamily
{
    // The first that fits counts: distillations of R1 write its markers around another model's vocabulary.
    private static readonly (string Marker, string Name)[] Markers =
    [
        ("<\uFF5CUser\uFF5C>", "DeepSeek"),
        ("<|im_start|>", "ChatML, as Qwen"),
        ("<|start_header_id|>", "Llama 3"),
        ("<|channel|>", "gpt-oss"),
        ("<start_of_turn>", "Gemma"),
        ("[gMASK]", "GLM"),
        ("<|end|>", "Phi 3"),
        ("<<SYS>>", "Llama 2"),
        ("[INST]", "Mistral"),
    ];

    /// <summary>The name, with whether it speaks of thinking; "of its own" where no markers are known.</summary>
    public static string Of(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        string? name = Markers.FirstOrDefault(known => template.Contains(known.Marker, StringComparison.Ordinal)).Name;
        bool thinks = template.Contains("</think>", StringComparison.Ordinal) || template.Contains("[THINK]", StringComparison.Ordinal);
        return (name ?? "of its own") + (thinks ? ", with thinking" : "");
    }

    /// <summary>Of a model folder; null where it has no template.</summary>
    public static string? OfFolder(string folder) => FolderText.Template(folder) is { } template ? Of(template) : null;
}
