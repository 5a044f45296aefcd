using System.Text;

namespace Sputnik.Text;

/// <summary>Turns <see cref="TokenizerData"/> into a <see cref="Tokenizer"/>, refusing what would be read wrongly.</summary>
internal sealed class TokenizerDataReader(TokenizerData data)
{
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

        IReadOnlyList<string> merges = data.Merges ?? throw Bad("'gpt2' needs merges");
        Vocabulary vocabulary = ReadTokens(ByteAlphabet.Read);

        // llama.cpp takes both from the name.
        bool takesWhole = name is "llama-bpe" or "llama-v3" or "llama3" or "tekken";
        return new TokenizerParts
        {
            Vocabulary = vocabulary,
            Symbols = new SymbolReader(vocabulary, characters: false, unknown: null),
            Merges = new MergeReader(vocabulary).Read(merges.Select(MergeText.Parse), merges.Count),
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

        Vocabulary vocabulary = ReadTokens(spelled => Encoding.UTF8.GetBytes(SentencePieceText.Read(spelled)));
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

    private Vocabulary ReadTokens(Func<string, byte[]?> readNormal)
    {
        var tokens = new Vocabulary.Builder(data.Tokens.Count);
        for (int id = 0; id < data.Tokens.Count; id++)
        {
            string spelled = data.Tokens[id] ?? throw Bad($"token {id} is null");
            TokenKind kind = KindOf(id);
            byte[]? bytes = kind switch
            {
                TokenKind.Normal or TokenKind.Unused => readNormal(spelled),
                TokenKind.Byte => [SentencePieceText.ReadByte(spelled) ?? throw Bad($"byte token {id} is '{spelled}', not of the form <0xNN>")],
                _ => null,
            };
            tokens.Add(bytes ?? Encoding.UTF8.GetBytes(spelled), kind);
        }

        return tokens.Build();
    }

    private List<AddedToken> ReadAdded()
    {
        List<AddedToken> added = [];
        for (int id = 0; id < data.Tokens.Count; id++)
        {
            if (KindOf(id) is var kind and (TokenKind.Control or TokenKind.UserDefined or TokenKind.Unknown) && data.Tokens[id].Length > 0)
            {
                added.Add(new AddedToken(id, data.Tokens[id]) { Control = kind != TokenKind.UserDefined });
            }
        }

        return added;
    }

    private TokenKind KindOf(int id)
    {
        TokenKind kind = data.TokenTypes is { } types ? types[id] : TokenKind.Normal;
        if (kind == TokenKind.UserDefined && ControlNames.Has(data.Tokens[id]))
        {
            return TokenKind.Control;
        }

        return kind is >= TokenKind.Normal and <= TokenKind.Byte ? kind : throw Bad($"token {id} has type {(int)kind}; there are 1 to 6");
    }

    private int? Checked(int? id, string role) => id is null || (uint)id.Value < (uint)data.Tokens.Count
        ? id
        : throw Bad($"the {role} token is {id}, which is not below the {data.Tokens.Count} tokens");

    private static InvalidDataException Bad(string what) => new(what);
}
