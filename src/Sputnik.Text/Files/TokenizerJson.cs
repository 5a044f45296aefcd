using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sputnik.Text;

/// <summary>tokenizer.json of Hugging Face tokenizers, the parts that are read or written here.</summary>
internal sealed record TokenizerJson
{
    public string Version { get; init; } = "1.0";

    public required List<AddedTokenJson?> AddedTokens { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StepJson? Normalizer { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StepJson? PreTokenizer { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StepJson? PostProcessor { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required StepJson? Decoder { get; init; }

    public required BpeJson Model { get; init; }
}

/// <summary>A token that is matched whole. <see cref="Special"/>: leaves no text when special tokens are skipped.</summary>
internal sealed record AddedTokenJson
{
    public required int Id { get; init; }

    public required string Content { get; init; }

    public bool SingleWord { get; init; }

    public bool Lstrip { get; init; }

    public bool Rstrip { get; init; }

    public bool Normalized { get; init; }

    public required bool Special { get; init; }
}

/// <summary>A normalizer, pre-tokenizer, post-processor or decoder, or one step of a sequence of them.</summary>
internal sealed record StepJson
{
    public required string Type { get; init; }

    public List<StepJson?>? Pretokenizers { get; init; }

    public List<StepJson?>? Normalizers { get; init; }

    public List<StepJson?>? Decoders { get; init; }

    public List<StepJson?>? Processors { get; init; }

    public List<TemplatePartJson?>? Single { get; init; }

    public List<TemplatePartJson?>? Pair { get; init; }

    public Dictionary<string, TemplateSpecialJson>? SpecialTokens { get; init; }

    public string? Content { get; init; }

    public int? Start { get; init; }

    public int? Stop { get; init; }

    public string? Prepend { get; init; }

    public string? Replacement { get; init; }

    public string? PrependScheme { get; init; }

    public bool? Split { get; init; }

    public bool? IndividualDigits { get; init; }

    public PatternJson? Pattern { get; init; }

    public string? Behavior { get; init; }

    public bool? Invert { get; init; }

    public bool? AddPrefixSpace { get; init; }

    public bool? TrimOffsets { get; init; }

    public bool? UseRegex { get; init; }
}

/// <summary>What a Split step cuts at.</summary>
internal sealed record PatternJson
{
    [JsonPropertyName("Regex")]
    public string? Regex { get; init; }

    [JsonPropertyName("String")]
    public string? String { get; init; }
}

/// <summary>A part of what a TemplateProcessing step writes: a special token or the text.</summary>
internal sealed record TemplatePartJson
{
    [JsonPropertyName("SpecialToken")]
    public TemplateTokenJson? SpecialToken { get; init; }

    [JsonPropertyName("Sequence")]
    public TemplateTokenJson? Sequence { get; init; }
}

/// <summary>A special token by its text.</summary>
internal sealed record TemplateTokenJson
{
    public required string Id { get; init; }

    public int? TypeId { get; init; }
}

/// <summary>What a special token of a TemplateProcessing step stands for.</summary>
internal sealed record TemplateSpecialJson
{
    public required string Id { get; init; }

    public required int[] Ids { get; init; }

    public required string[] Tokens { get; init; }
}

/// <summary>The BPE model: spellings to ids, and merges "left right", best first.</summary>
internal sealed record BpeJson
{
    public required string Type { get; init; }

    public string? UnkToken { get; init; }

    public string? ContinuingSubwordPrefix { get; init; }

    public string? EndOfWordSuffix { get; init; }

    public bool? FuseUnk { get; init; }

    public bool ByteFallback { get; init; }

    public bool IgnoreMerges { get; init; }

    public required Dictionary<string, int> Vocab { get; init; }

    public required List<MergeText> Merges { get; init; }
}

/// <summary>tokenizer_config.json, which other tools read for the chat template and the end token.</summary>
internal sealed record TokenizerConfigJson
{
    public string TokenizerClass { get; init; } = "PreTrainedTokenizerFast";

    public required string? BosToken { get; init; }

    public required string? EosToken { get; init; }

    public required string? PadToken { get; init; }

    public string? UnkToken { get; init; }

    // The chat template writes it; a second one would be added otherwise.
    public bool AddBosToken { get; init; }

    public bool AddEosToken { get; init; }

    public bool CleanUpTokenizationSpaces { get; init; }

    public required string? ChatTemplate { get; init; }
}

/// <summary>The keys of tokenizer_config.json that are read.</summary>
internal sealed record SpecialsJson
{
    [JsonConverter(typeof(TokenTextConverter))]
    public string? BosToken { get; init; }

    [JsonConverter(typeof(TokenTextConverter))]
    public string? EosToken { get; init; }

    [JsonConverter(typeof(TokenTextConverter))]
    public string? PadToken { get; init; }

    [JsonConverter(typeof(TokenTextConverter))]
    public string? UnkToken { get; init; }

    public bool? AddBosToken { get; init; }

    public bool? AddEosToken { get; init; }
}

/// <summary>The JSON of this room: snake_case names, every required name present, none twice, text left readable.</summary>
[JsonSerializable(typeof(TokenizerJson))]
[JsonSerializable(typeof(TokenizerConfigJson))]
[JsonSerializable(typeof(SpecialsJson))]
internal sealed partial class TextJson : JsonSerializerContext
{
    public static TextJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
