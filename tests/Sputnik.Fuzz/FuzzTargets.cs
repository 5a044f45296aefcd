namespace Sputnik.Fuzz;

/// <summary>All readers of what strangers send, by name.</summary>
internal static class FuzzTargets
{
    /// <summary>Their names; the golden files' only where they are.</summary>
    public static string[] Names { get; } = ["gguf", "safetensors", "tokenizer", "template", "requests", .. GoldenTarget.Files.Count > 0 ? (string[])["golden"] : []];

    /// <summary>A target by name.</summary>
    public static IFuzzTarget Create(string name) => name switch
    {
        "gguf" => new GgufTarget(),
        "safetensors" => new SafetensorsTarget(),
        "tokenizer" => new TokenizerTarget(),
        "template" => new TemplateTarget(),
        "requests" => new RequestsTarget(),
        "golden" when GoldenTarget.Files.Count > 0 => new GoldenTarget(),
        _ => throw new ArgumentException($"There is no target '{name}': {string.Join(", ", Names)} are.", nameof(name)),
    };
}
