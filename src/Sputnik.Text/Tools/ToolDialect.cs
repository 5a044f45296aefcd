using Sputnik.Text.Tools;

namespace Sputnik.Text;

/// <summary>
/// How a model writes tool calls. DeepSeek's markers are also read as its distillations misspell them: with spaces,
/// underscores or escaped underscores between the words.
/// </summary>
public sealed class ToolDialect
{
    // The right one, and what DeepSeek-R1's distillations write; the list is llama.cpp's.
    private static readonly string[] Betweens = ["▁", "_", " ", "\\_"];

    private ToolDialect(ToolDialectKind kind) => Kind = kind;

    /// <summary>DeepSeek-R1's.</summary>
    public static ToolDialect DeepSeekR1 { get; } = DeepSeek(ToolDialectKind.DeepSeekR1);

    /// <summary>DeepSeek-V3.1's.</summary>
    public static ToolDialect DeepSeekV31 { get; } = DeepSeek(ToolDialectKind.DeepSeekV31);

    /// <summary>Hermes' and Qwen's.</summary>
    public static ToolDialect Hermes { get; } = new(ToolDialectKind.Hermes) { Openers = ["<tool_call>"], CallBegin = ["<tool_call>"], CallEnd = ["</tool_call>"] };

    /// <summary>Llama 3's.</summary>
    public static ToolDialect Llama3 { get; } = new(ToolDialectKind.Llama3) { Openers = ["<|python_tag|>"], CallBegin = ["<|python_tag|>"] };

    /// <summary>Mistral's.</summary>
    public static ToolDialect Mistral { get; } = new(ToolDialectKind.Mistral) { Openers = ["[TOOL_CALLS]"], CallBegin = ["[TOOL_CALLS]"], Separator = ["[ARGS]"] };

    /// <summary>Which family it belongs to.</summary>
    public ToolDialectKind Kind { get; }

    /// <summary>Every marker; the model's tokens of these texts must reach a <see cref="ToolCallStream"/> as text, though they may be control tokens.</summary>
    public IReadOnlyList<string> Markers => [.. CallsBegin, .. CallBegin, .. Separator, .. CallEnd, .. CallsEnd];

    /// <summary>Spellings of what opens a group of calls, the right one first.</summary>
    public IReadOnlyList<string> CallsBegin { get; private init; } = [];

    /// <summary>Spellings of what opens a call.</summary>
    public IReadOnlyList<string> CallBegin { get; private init; } = [];

    /// <summary>Spellings of what stands between a call's head and its arguments.</summary>
    public IReadOnlyList<string> Separator { get; private init; } = [];

    /// <summary>Spellings of what closes a call.</summary>
    public IReadOnlyList<string> CallEnd { get; private init; } = [];

    /// <summary>Spellings of what closes a group of calls.</summary>
    public IReadOnlyList<string> CallsEnd { get; private init; } = [];

    /// <summary>What may open calls in text.</summary>
    internal IReadOnlyList<string> Openers { get; private init; } = [];

    /// <summary>
    /// The dialect that a model's template is written in, or, without one, that its vocabulary has markers for; null where
    /// it knows none that is built.
    /// </summary>
    public static ToolDialect? Of(JinjaTemplate? template, Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (template?.Source is string source)
        {
            return OfTemplate(source);
        }

        return tokenizer.HasSpecial || tokenizer.Find(DeepSeekR1.CallsBegin[0]) is not null ? DeepSeekR1
            : tokenizer.Find(Hermes.CallBegin[0]) is not null ? Hermes
            : tokenizer.Find(Mistral.CallBegin[0]) is not null ? Mistral
            : null;
    }

    /// <summary>The dialect of a family.</summary>
    public static ToolDialect Of(ToolDialectKind kind) => kind switch
    {
        ToolDialectKind.DeepSeekR1 => DeepSeekR1,
        ToolDialectKind.DeepSeekV31 => DeepSeekV31,
        ToolDialectKind.Hermes => Hermes,
        ToolDialectKind.Llama3 => Llama3,
        ToolDialectKind.Mistral => Mistral,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such dialect."),
    };

    /// <summary>The marker that a token of a vocabulary is; null where it is none.</summary>
    public string? MarkerOf(Tokenizer tokenizer, int id)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return Markers.FirstOrDefault(marker => tokenizer.Find(marker) == id);
    }

    /// <summary>Functions and how this dialect calls them as a system's text, for templates that tell the model of none.</summary>
    public string Describe(IReadOnlyList<ToolDefinition> tools)
    {
        const string Name = ToolPrompt.NamePlace, Arguments = ToolPrompt.ArgumentsPlace;
        string call = Kind switch
        {
            ToolDialectKind.DeepSeekR1 => $"{CallsBegin[0]}{CallBegin[0]}function{Separator[0]}{Name}\n```json\n{Arguments}\n```{CallEnd[0]}{CallsEnd[0]}",
            ToolDialectKind.DeepSeekV31 => $"{CallsBegin[0]}{CallBegin[0]}{Name}{Separator[0]}{Arguments}{CallEnd[0]}{CallsEnd[0]}",
            ToolDialectKind.Hermes => $"{CallBegin[0]}\n{{\"name\": \"{Name}\", \"arguments\": {Arguments}}}\n{CallEnd[0]}",
            ToolDialectKind.Mistral => $"{CallBegin[0]}[{{\"name\": \"{Name}\", \"arguments\": {Arguments}}}]",
            _ => $"{{\"name\": \"{Name}\", \"parameters\": {Arguments}}}",
        };
        return ToolPrompt.Introduction + ToolPrompt.Functions(tools) + ToolPrompt.Form + call;
    }

    private static ToolDialect? OfTemplate(string source)
    {
        bool Has(string text) => source.Contains(text, StringComparison.Ordinal);
        return Has(DeepSeekR1.CallsBegin[0]) ? (Has("```json") ? DeepSeekR1 : DeepSeekV31)
            : Has("<function=") || Has("<arg_key>") || Has("DSML") ? null // calls in XML
            : Has(Hermes.CallBegin[0]) ? Hermes
            : Has("TOOL_CALLS]") ? Mistral
            : Has("\"parameters\"") && (Has("<|python_tag|>") || Has("<|start_header_id|>")) ? Llama3
            : null;
    }

    private static ToolDialect DeepSeek(ToolDialectKind kind) => new(kind)
    {
        Openers = [.. Spellings("tool", "calls", "begin"), .. Spellings("tool", "call", "begin")],
        CallsBegin = Spellings("tool", "calls", "begin"),
        CallBegin = Spellings("tool", "call", "begin"),
        Separator = Spellings("tool", "sep"),
        CallEnd = Spellings("tool", "call", "end"),
        CallsEnd = Spellings("tool", "calls", "end"),
    };

    private static string[] Spellings(params string[] words) =>
        [.. Betweens.Select(between => $"<｜{string.Join(between, words)}｜>")];
}
