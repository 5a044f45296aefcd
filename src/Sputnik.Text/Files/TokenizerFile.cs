using System.Text;
using System.Text.Json;

namespace Sputnik.Text;

/// <summary>A vocabulary as tokenizer.json and tokenizer_config.json (the format of Hugging Face tokenizers).</summary>
internal static class TokenizerFile
{
    /// <summary>See <see cref="Tokenizer.Save"/>.</summary>
    public static void Save(Tokenizer tokenizer, string directory)
    {
        Directory.CreateDirectory(directory);
        SpecialTokens special = tokenizer.SpecialTokens;
        var config = new TokenizerConfigJson
        {
            BosToken = special.BeginOfSentence,
            EosToken = special.EndOfSentence,
            PadToken = special.EndOfSentence,
            ChatTemplate = ChatTemplate.Jinja(special),
        };

        TextJson json = TextJson.Readable;
        AtomicFile.Write(
            Path.Combine(directory, "tokenizer.json"), JsonSerializer.SerializeToUtf8Bytes(ToJson(tokenizer), json.TokenizerJson));
        AtomicFile.Write(
            Path.Combine(directory, "tokenizer_config.json"), JsonSerializer.SerializeToUtf8Bytes(config, json.TokenizerConfigJson));
    }

    /// <summary>See <see cref="Tokenizer.Load(string, SpecialTokens)"/>.</summary>
    public static Tokenizer Load(string directory, SpecialTokens specialTokens)
    {
        string path = Path.Combine(directory, "tokenizer.json");
        TokenizerJson? json;
        try
        {
            json = JsonSerializer.Deserialize(File.ReadAllBytes(path), TextJson.Readable.TokenizerJson);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is not a tokenizer.json: {e.Message}", e);
        }

        return new TokenizerReader(path, json ?? throw new InvalidDataException($"'{path}' holds null.")).Read(specialTokens);
    }

    /// <summary>The steps that cut text as <see cref="PieceScanner"/> does.</summary>
    public static StepJson PreTokenizer() => new()
    {
        Type = "Sequence",
        Pretokenizers =
        [
            .. PieceScanner.Patterns.Select(pattern => new StepJson
            {
                Type = "Split",
                Pattern = new PatternJson { Regex = pattern },
                Behavior = "Isolated",
                Invert = false,
            }),
            ByteLevel(),
        ],
    };

    private static StepJson ByteLevel() =>
        new() { Type = "ByteLevel", AddPrefixSpace = false, TrimOffsets = true, UseRegex = false };

    private static TokenizerJson ToJson(Tokenizer tokenizer)
    {
        SpecialIds special = tokenizer.Special;
        string Spell(int id) =>
            special.Contains(id) ? Encoding.UTF8.GetString(tokenizer.Bytes(id)) : ByteAlphabet.Spell(tokenizer.Bytes(id));

        var vocabulary = new Dictionary<string, int>(tokenizer.VocabularySize, StringComparer.Ordinal);
        for (int id = 0; id < tokenizer.VocabularySize; id++)
        {
            vocabulary.Add(Spell(id), id);
        }

        return new TokenizerJson
        {
            AddedTokens = [.. special.All.Select(id => new AddedTokenJson
            {
                Id = id,
                Content = Spell(id),
                Special = special.IsControl(id),
            })],
            PreTokenizer = PreTokenizer(),
            Decoder = ByteLevel(),
            Model = new BpeJson
            {
                Type = "BPE",
                Vocab = vocabulary,
                Merges = [.. tokenizer.Merges.Pairs.Select(pair => $"{Spell(pair.Left)} {Spell(pair.Right)}")],
            },
        };
    }
}
