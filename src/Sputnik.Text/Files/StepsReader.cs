namespace Sputnik.Text;

/// <summary>The steps of a tokenizer.json around its model. What is not exactly one of the known arrangements is refused by name.</summary>
internal sealed class StepsReader(TokenizerJson json)
{
    private const string Blank = "\u2581";

    private readonly List<StepJson> _normalizers = Flat(json.Normalizer, step => step.Normalizers);
    private readonly List<StepJson> _cuts = Flat(json.PreTokenizer, step => step.Pretokenizers);
    private readonly List<StepJson> _decoders = Flat(json.Decoder, step => step.Decoders);

    /// <summary>How text is normalised and cut.</summary>
    public (PreTokenizer? Cut, SpacePrefix Prefix, bool Nfc) Read()
    {
        bool bytes = _cuts is [.., { Type: "ByteLevel" }];
        return bytes ? (ReadByteLevel(), SpacePrefix.Never, ReadNfc()) : (null, ReadSentencePiece(), false);
    }

    /// <summary>The special token that the post-processor puts first and the one it puts last.</summary>
    public (string? First, string? Last) ReadTemplate()
    {
        List<StepJson> steps = Flat(json.PostProcessor, step => step.Processors);
        if (steps.Find(step => step.Type is not ("ByteLevel" or "TemplateProcessing")) is { } strange)
        {
            throw new NotSupportedException($"post-processor '{strange.Type}'");
        }

        List<TemplatePartJson?>? parts = steps.Find(step => step.Type == "TemplateProcessing")?.Single;
        return parts is null or [] ? (null, null) : (parts[0]?.SpecialToken?.Id, parts[^1]?.SpecialToken?.Id);
    }

    private bool ReadNfc()
    {
        if (_normalizers.Find(step => step.Type != "NFC") is { } strange)
        {
            throw new NotSupportedException($"normalizer '{strange.Type}' before bytes");
        }

        return _normalizers.Count > 0;
    }

    private PreTokenizer ReadByteLevel()
    {
        if (_decoders is not [{ Type: "ByteLevel" }])
        {
            throw new NotSupportedException($"decoder '{json.Decoder?.Type}' after bytes");
        }

        List<string> patterns = [.. _cuts.SkipLast(1).Select(PatternOf)];
        if (_cuts[^1].AddPrefixSpace ?? true)
        {
            throw new NotSupportedException("pre-tokenizer 'ByteLevel' with add_prefix_space");
        }

        if (_cuts[^1].UseRegex ?? true)
        {
            patterns.Add(PiecePatterns.Gpt2);
        }

        return PreTokenizer.Find(patterns)
            ?? throw new NotSupportedException($"pre-tokenizer '{json.PreTokenizer?.Type}' with the patterns '{string.Join("', '", patterns)}'");
    }

    private static string PatternOf(StepJson step) => step switch
    {
        { Type: "Split", Pattern.Regex: { } regex, Behavior: "Isolated", Invert: not true } => regex,
        { Type: "Digits", IndividualDigits: true } => @"\p{N}",
        _ => throw new NotSupportedException($"pre-tokenizer '{step.Type}' {step.Pattern?.Regex ?? step.Pattern?.String} {step.Behavior}".TrimEnd()),
    };

    /// <summary>Llama 2's normalizers (Prepend, Replace) or the pre-tokenizer Metaspace, which mean the same.</summary>
    private SpacePrefix ReadSentencePiece()
    {
        bool replaces = _normalizers is [.., { Type: "Replace", Pattern.String: " ", Content: Blank }];
        SpacePrefix prefix = (_normalizers, _cuts) switch
        {
            ([{ Type: "Prepend", Prepend: Blank }, _], []) when replaces => SpacePrefix.Always,
            ([_], []) when replaces => SpacePrefix.Never,
            ([], [{ Type: "Metaspace", Replacement: Blank, Split: false } cut]) => PrefixOf(cut),
            ([], [{ } cut, ..]) => throw new NotSupportedException($"pre-tokenizer '{cut.Type}' {cut.Pattern?.Regex ?? cut.Pattern?.String}".TrimEnd()),
            _ => throw new NotSupportedException($"normalizer '{string.Join("', '", _normalizers.Select(step => step.Type))}' and no pre-tokenizer of bytes"),
        };

        string[] decoders = ["Replace", "ByteFallback", "Fuse", "Strip", "Metaspace"];
        return _decoders.Find(step => !decoders.Contains(step.Type)) is { } strange
            ? throw new NotSupportedException($"decoder '{strange.Type}' after characters")
            : prefix;
    }

    private static SpacePrefix PrefixOf(StepJson cut) => (cut.PrependScheme, cut.AddPrefixSpace) switch
    {
        ("always", _) or (null, not false) => SpacePrefix.Always,
        ("first", _) => SpacePrefix.First,
        ("never", _) or (null, false) => SpacePrefix.Never,
        _ => throw new NotSupportedException($"pre-tokenizer 'Metaspace' with prepend_scheme '{cut.PrependScheme}'"),
    };

    private static List<StepJson> Flat(StepJson? step, Func<StepJson, List<StepJson?>?> inside) =>
        step is null ? []
        : step.Type == "Sequence" ? [.. (inside(step) ?? []).SelectMany(part => Flat(part ?? throw new InvalidDataException("a step is null"), inside))]
        : [step];
}
