namespace Sputnik.Text;

/// <summary>Turns <see cref="TokenizerData"/> into a <see cref="Tokenizer"/>, refusing what would be read wrongly.</summary>
internal sealed class TokenizerDataReader(TokenizerData data)
{
    private TokenKind[] _kinds = [];
    private byte[] _scratch = new byte[256];

    /// <summary>Checks everything once, so that the tokenizer itself need not.</summary>
    public Tokenizer Read()
    {
        try
        {
            return Assemble();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"The vocabulary (tokenizer.ggml.*) is damaged: {e.Message}.", e);
        }
    }

    private Tokenizer Assemble()
    {
        if (data.TokenTypes is { } types && types.Count != data.Tokens.Count)
        {
            throw Bad($"there are {types.Count} token types for {data.Tokens.Count} tokens");
        }

        _kinds = ReadKinds();
        TokenizerParts parts = data.Model switch
        {
            "gpt2" => ByBytes(),
            "llama" => BySentencePiece(),
            _ => throw new NotSupportedException($"tokenizer.ggml.model '{data.Model}' is not built: 'gpt2' and 'llama' are."),
        };
        return new Tokenizer(parts with
        {
            Added = ReadAdded(),
            BosId = Checked(data.BosId, "bos"),
            EosId = Checked(data.EosId, "eos"),
            UnknownId = Checked(data.UnknownId, "unknown"),
            PaddingId = Checked(data.PaddingId, "padding"),
            OtherEndIds = [.. new[] { Checked(data.EotId, "eot"), Checked(data.EomId, "eom") }.OfType<int>()],
            AddEos = data.AddEos ?? false,
        });
    }

    private TokenizerParts ByBytes()
    {
        string name = data.Pre ?? throw new NotSupportedException(
            "tokenizer.ggml.pre is missing: the file is from before GGUF named its pre-tokenizer. Convert the model again.");
        PreTokenizer cut = PreTokenizer.Find(name) ?? throw new NotSupportedException($"tokenizer.ggml.pre '{name}' is not built.");

        Utf8Texts merges = data.Merges ?? throw Bad("'gpt2' needs merges");
        Vocabulary vocabulary = ReadTokens(sentencePiece: false);

        // llama.cpp takes both from the name.
        bool takesWhole = name is "llama-bpe" or "llama-v3" or "llama3" or "tekken";
        return new TokenizerParts
        {
            Vocabulary = vocabulary,
            Symbols = new SymbolReader(vocabulary, characters: false, unknown: null),
            Merges = new MergeReader(vocabulary).Read(merges),
            Cut = cut,
            IgnoreMerges = takesWhole,
            AddBos = data.AddBos ?? takesWhole,
        };
    }

    private TokenizerParts BySentencePiece()
    {
        IReadOnlyList<float> scores = data.Scores ?? throw Bad("'llama' needs scores");
        if (scores.Count != data.Tokens.Count)
        {
            throw Bad($"there are {scores.Count} scores for {data.Tokens.Count} tokens");
        }

        Vocabulary vocabulary = ReadTokens(sentencePiece: true);
        return new TokenizerParts
        {
            Vocabulary = vocabulary,
            Symbols = new SymbolReader(vocabulary, characters: true, Checked(data.UnknownId, "unknown")),
            Merges = ScoreMerges.Build(vocabulary, scores),
            Cut = PreTokenizer.ForSentencePiece(vocabulary),
            SentencePiece = true,
            SpacePrefix = data.AddSpacePrefix ?? true ? SpacePrefix.Always : SpacePrefix.Never,
            AddBos = data.AddBos ?? true,
        };
    }

    private TokenKind[] ReadKinds()
    {
        TokenKind[] kinds = new TokenKind[data.Tokens.Count];
        for (int id = 0; id < kinds.Length; id++)
        {
            TokenKind kind = data.TokenTypes is { } types ? types[id] : TokenKind.Normal;
            if (kind is < TokenKind.Normal or > TokenKind.Byte)
            {
                throw Bad($"token {id} has type {(int)kind}; there are 1 to 6");
            }

            kinds[id] = kind == TokenKind.UserDefined && ControlNames.Has(data.Tokens[id]) ? TokenKind.Control : kind;
        }

        return kinds;
    }

    private Vocabulary ReadTokens(bool sentencePiece)
    {
        var tokens = new Vocabulary.Builder(_kinds.Length);
        for (int id = 0; id < _kinds.Length; id++)
        {
            tokens.Add(BytesOf(id, sentencePiece), _kinds[id]);
        }

        return tokens.Build();
    }

    private ReadOnlySpan<byte> BytesOf(int id, bool sentencePiece)
    {
        ReadOnlySpan<byte> spelled = data.Tokens.Utf8(id).Span;
        if (_kinds[id] == TokenKind.Byte)
        {
            return new[] { SentencePieceText.ReadByte(spelled) ?? throw Bad($"byte token {id} is '{data.Tokens[id]}', not of the form <0xNN>") };
        }

        if (_scratch.Length < spelled.Length)
        {
            _scratch = new byte[spelled.Length];
        }

        // What is not of the alphabet stands for itself.
        bool written = _kinds[id] is TokenKind.Normal or TokenKind.Unused;
        return written && TokenizerSpelling.TryRead(spelled, sentencePiece, _scratch, out int count) ? _scratch.AsSpan(0, count) : spelled;
    }

    private List<AddedToken> ReadAdded()
    {
        List<AddedToken> added = [];
        for (int id = 0; id < _kinds.Length; id++)
        {
            if (_kinds[id] is TokenKind.Control or TokenKind.UserDefined or TokenKind.Unknown && data.Tokens[id] is { Length: > 0 } text)
            {
                added.Add(new AddedToken(id, text) { Control = _kinds[id] != TokenKind.UserDefined });
            }
        }

        return added;
    }

    private int? Checked(int? id, string role) => id is null || (uint)id.Value < (uint)data.Tokens.Count
        ? id
        : throw Bad($"the {role} token is {id}, which is not below the {data.Tokens.Count} tokens");

    private static InvalidDataException Bad(string what) => new(what);
}
