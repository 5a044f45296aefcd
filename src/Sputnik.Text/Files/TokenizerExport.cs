namespace Sputnik.Text;

/// <summary>A vocabulary of any origin as tokenizer.json: the inverse of <see cref="TokenizerReader"/>.</summary>
internal sealed class TokenizerExport(Tokenizer tokenizer)
{
    private const string Blank = "\u2581";

    private readonly TokenizerParts _parts = tokenizer.Parts;
    private readonly TokenizerSpelling _spelling = new(tokenizer.Parts);

    /// <summary>tokenizer.json.</summary>
    public TokenizerJson File() => new()
    {
        AddedTokens = [.. _parts.Added.Select(token => new AddedTokenJson
        {
            Id = token.Id,
            Content = token.Content,
            SingleWord = token.SingleWord,
            Lstrip = token.LeftStrip,
            Rstrip = token.RightStrip,
            Normalized = token.Normalised,
            Special = token.Control,
        })],
        Normalizer = Normalizer(),
        PreTokenizer = PreTokenizerSteps(),
        PostProcessor = _parts.AddBos || _parts.AddEos ? Template() : null,
        Decoder = _parts.SentencePiece ? Decoder() : ByteLevel(),
        Model = new BpeJson
        {
            Type = "BPE",
            UnkToken = TextOf(_parts.UnknownId),
            FuseUnk = _parts.SentencePiece ? true : null,
            ByteFallback = _parts.SentencePiece,
            IgnoreMerges = _parts.IgnoreMerges,
            Vocab = Vocabulary(),
            Merges = [.. _parts.Merges.Pairs.Select(pair => MergeText.Of(_spelling.Of(pair.Left), _spelling.Of(pair.Right)))],
        },
    };

    /// <summary>tokenizer_config.json.</summary>
    public TokenizerConfigJson Config(string? chatTemplate) => new()
    {
        BosToken = TextOf(_parts.BosId),
        EosToken = TextOf(_parts.EosId),
        PadToken = TextOf(_parts.PaddingId),
        UnkToken = TextOf(_parts.UnknownId),
        AddBosToken = _parts.AddBos,
        AddEosToken = _parts.AddEos,
        ChatTemplate = chatTemplate,
    };

    /// <summary>The step that writes bytes in GPT-2's alphabet.</summary>
    public static StepJson ByteLevel() => new() { Type = "ByteLevel", AddPrefixSpace = false, TrimOffsets = true, UseRegex = false };

    /// <summary>The steps that cut text at patterns.</summary>
    public static StepJson Cuts(PreTokenizer cut) => new()
    {
        Type = "Sequence",
        Pretokenizers =
        [
            .. cut.Patterns.Select(pattern => new StepJson { Type = "Split", Pattern = new PatternJson { Regex = pattern }, Behavior = "Isolated", Invert = false }),
            ByteLevel(),
        ],
    };

    // What text must never become is left out; of two that are spelt alike the first is meant.
    private Dictionary<string, int> Vocabulary()
    {
        Dictionary<string, int> vocabulary = new(tokenizer.VocabularySize, StringComparer.Ordinal);
        HashSet<int> added = [];
        foreach (AddedToken token in _parts.Added)
        {
            vocabulary.TryAdd(token.Content, token.Id);
            added.Add(token.Id);
        }

        for (int id = 0; id < tokenizer.VocabularySize; id++)
        {
            if (!added.Contains(id) && _parts.Vocabulary.Kind(id) is TokenKind.Normal or TokenKind.Byte)
            {
                vocabulary.TryAdd(_spelling.Of(id), id);
            }
        }

        return vocabulary;
    }

    private StepJson? Normalizer()
    {
        if (!_parts.SentencePiece)
        {
            return _parts.Nfc ? new() { Type = "NFC" } : null;
        }

        StepJson blanks = new() { Type = "Replace", Pattern = new PatternJson { String = " " }, Content = Blank };
        return _parts.SpacePrefix switch
        {
            SpacePrefix.First => null,
            SpacePrefix.Always => new() { Type = "Sequence", Normalizers = [new() { Type = "Prepend", Prepend = Blank }, blanks] },
            _ => blanks,
        };
    }

    private StepJson? PreTokenizerSteps() => (_parts.SentencePiece, _parts.SpacePrefix) switch
    {
        (false, _) => Cuts(_parts.Cut),
        (true, SpacePrefix.First) => new() { Type = "Metaspace", Replacement = Blank, PrependScheme = "first", Split = false },
        _ => null,
    };

    // The space that was put before the text is taken away again.
    private StepJson Decoder()
    {
        StepJson[] strip = _parts.SpacePrefix == SpacePrefix.Never ? [] : [new() { Type = "Strip", Content = " ", Start = 1, Stop = 0 }];
        return new()
        {
            Type = "Sequence",
            Decoders = [new() { Type = "Replace", Pattern = new PatternJson { String = Blank }, Content = " " }, new() { Type = "ByteFallback" }, new() { Type = "Fuse" }, .. strip],
        };
    }

    private StepJson Template()
    {
        TemplatePartJson[] first = _parts.AddBos && TextOf(_parts.BosId) is { } bos ? [Special(bos)] : [];
        TemplatePartJson[] last = _parts.AddEos && TextOf(_parts.EosId) is { } eos ? [Special(eos)] : [];
        int?[] ids = [first.Length > 0 ? _parts.BosId : null, last.Length > 0 ? _parts.EosId : null];
        return new()
        {
            Type = "TemplateProcessing",
            Single = [.. first, Text("A"), .. last],
            Pair = [.. first, Text("A"), .. last, .. first, Text("B"), .. last],
            SpecialTokens = ids.OfType<int>().Distinct().ToDictionary(
                id => TextOf(id) ?? "", id => new TemplateSpecialJson { Id = TextOf(id) ?? "", Ids = [id], Tokens = [TextOf(id) ?? ""] }, StringComparer.Ordinal),
        };
    }

    private static TemplatePartJson Special(string text) => new() { SpecialToken = new TemplateTokenJson { Id = text, TypeId = 0 } };

    private static TemplatePartJson Text(string name) => new() { Sequence = new TemplateTokenJson { Id = name, TypeId = 0 } };

    private string? TextOf(int? id) => id is int known ? _spelling.Of(known) : null;
}
