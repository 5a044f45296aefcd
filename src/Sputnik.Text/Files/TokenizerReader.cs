using System.Text;

namespace Sputnik.Text;

/// <summary>Turns a parsed tokenizer.json and tokenizer_config.json into a <see cref="Tokenizer"/>, refusing what would be read wrongly.</summary>
internal sealed class TokenizerReader(TokenizerJson json, SpecialsJson config)
{
    // Published vocabularies have up to 262,144 tokens and hardly a gap: more would only cost memory.
    private const int MostIds = 1 << 21;

    // A file of a few lines must not ask for the memory of the largest: what published files leave free is far less.
    private const int FreeIds = 1 << 16;
    private const int IdsPerToken = 4;

    private readonly AddedTokenJson[] _added = [.. json.AddedTokens.Select(token => token ?? throw new InvalidDataException("an added token is null"))];

    /// <summary>Checks everything once, so that the tokenizer itself need not.</summary>
    /// <exception cref="InvalidDataException">What is damaged.</exception>
    /// <exception cref="NotSupportedException">What is not built.</exception>
    public Tokenizer Read(SpecialTokens specialTokens)
    {
        BpeJson model = json.Model;
        if (model.Type != "BPE" || model.ContinuingSubwordPrefix is { Length: > 0 } || model.EndOfWordSuffix is { Length: > 0 })
        {
            throw new NotSupportedException(
                $"model '{model.Type}' with prefix '{model.ContinuingSubwordPrefix}' and suffix '{model.EndOfWordSuffix}'");
        }

        var steps = new StepsReader(json);
        (PreTokenizer? cut, SpacePrefix prefix, bool nfc) = steps.Read();
        (string? first, string? last) = steps.ReadTemplate();
        bool sentencePiece = cut is null;
        Vocabulary vocabulary = ReadTokens(sentencePiece);
        return new Tokenizer(new TokenizerParts
        {
            Vocabulary = vocabulary,
            Symbols = new SymbolReader(vocabulary, sentencePiece, IdOf(model.UnkToken)),
            Merges = new MergeReader(vocabulary, sentencePiece).Read(model.Merges),
            Cut = cut ?? PreTokenizer.ForSentencePiece(vocabulary),
            SentencePiece = sentencePiece,
            SpacePrefix = prefix,
            IgnoreMerges = model.IgnoreMerges,
            Nfc = nfc,
            Added = [.. _added.Select(token => ReadAdded(token, nfc))],
            SpecialTokens = specialTokens,
            BosId = IdOf(config.BosToken ?? first),
            EosId = IdOf(config.EosToken ?? last),
            PaddingId = IdOf(config.PadToken),
            UnknownId = IdOf(model.UnkToken),
            AddBos = config.AddBosToken ?? first is not null,
            AddEos = config.AddEosToken ?? last is not null,
        });
    }

    private static AddedToken ReadAdded(AddedTokenJson token, bool normalises) => new(token.Id, token.Content)
    {
        Control = token.Special,
        LeftStrip = token.Lstrip,
        RightStrip = token.Rstrip,
        SingleWord = token.SingleWord,
        Normalised = token.Normalized && normalises,
    };

    private Vocabulary ReadTokens(bool sentencePiece)
    {
        var tokens = new (string Text, TokenKind Kind)?[CountIds()];
        var added = _added.Select(token => token.Content).ToHashSet(StringComparer.Ordinal);
        foreach ((string spelled, int id) in json.Model.Vocab)
        {
            if (tokens[id] is not null)
            {
                throw new InvalidDataException($"id {id} of '{spelled}' is taken by '{tokens[id]?.Text}'");
            }

            tokens[id] = (spelled, added.Contains(spelled) ? TokenKind.Control : KindOf(spelled, sentencePiece));
        }

        foreach (AddedTokenJson token in _added)
        {
            if (token.Content.Length == 0 || (tokens[token.Id] is { } taken && taken.Text != token.Content))
            {
                throw new InvalidDataException($"added token '{token.Content}' has id {token.Id}, which is that of '{tokens[token.Id]?.Text}'");
            }

            TokenKind special = token.Content == json.Model.UnkToken ? TokenKind.Unknown : TokenKind.Control;
            tokens[token.Id] = (token.Content, token.Special ? special : TokenKind.UserDefined);
        }

        var vocabulary = new Vocabulary.Builder(tokens.Length);
        for (int id = 0; id < tokens.Length; id++)
        {
            (string text, TokenKind kind) = tokens[id] ?? ("", TokenKind.Unused);
            vocabulary.Add(BytesOf(text, kind, sentencePiece), kind);
        }

        return vocabulary.Build();
    }

    private int CountIds()
    {
        int most = 0, limit = (int)Math.Min(MostIds, FreeIds + ((long)IdsPerToken * (json.Model.Vocab.Count + _added.Length)));
        IEnumerable<(string Text, int Id)> added = _added.Select(token => (token.Content, token.Id));
        foreach ((string text, int id) in json.Model.Vocab.Select(entry => (entry.Key, entry.Value)).Concat(added))
        {
            if (id < 0 || id >= limit)
            {
                throw new InvalidDataException($"id {id} of '{text}' is not below {limit}, which is ample for {json.Model.Vocab.Count + _added.Length} tokens");
            }

            most = Math.Max(most, id + 1);
        }

        AddedTokenJson? moved = Array.Find(_added, token => json.Model.Vocab.TryGetValue(token.Content, out int id) && id != token.Id);
        return moved is null
            ? most
            : throw new InvalidDataException($"added token '{moved.Content}' has id {moved.Id}, which the vocabulary does not confirm");
    }

    private TokenKind KindOf(string spelled, bool sentencePiece) =>
        sentencePiece && json.Model.ByteFallback && SentencePieceText.ReadByte(Encoding.UTF8.GetBytes(spelled)) is not null ? TokenKind.Byte : TokenKind.Normal;

    private static ReadOnlySpan<byte> BytesOf(string text, TokenKind kind, bool sentencePiece)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (kind == TokenKind.Byte)
        {
            return new[] { SentencePieceText.ReadByte(bytes) ?? throw new InvalidOperationException($"'{text}' was found to be a byte.") };
        }

        if (kind != TokenKind.Normal)
        {
            return bytes;
        }

        return TokenizerSpelling.TryRead(bytes, sentencePiece, bytes, out int count)
            ? bytes.AsSpan(0, count)
            : throw new InvalidDataException($"'{text}' has a character that stands for no byte");
    }

    private int? IdOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Array.Find(_added, token => token.Content == text)?.Id
            ?? (json.Model.Vocab.TryGetValue(text, out int id) ? id : throw new InvalidDataException($"there is no token '{text}', which is to be a special one"));
    }
}
