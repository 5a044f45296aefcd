using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sputnik.Text;

/// <summary>A vocabulary as tokenizer.json and tokenizer_config.json (the format of Hugging Face tokenizers).</summary>
internal static class TokenizerFile
{
    // The largest published one has 34 MB.
    private const long MostBytes = 256L << 20;

    /// <summary>See <see cref="Tokenizer.Save"/>.</summary>
    public static void Save(Tokenizer tokenizer, string directory)
    {
        if (tokenizer.Parts.Cut != PreTokenizer.Sputnik || !tokenizer.HasSpecial)
        {
            throw new NotSupportedException("Only vocabularies that were trained here are saved: copy the files of a published one.");
        }

        Directory.CreateDirectory(directory);
        SpecialTokens special = tokenizer.SpecialTokens;
        var config = new TokenizerConfigJson
        {
            BosToken = special.BeginOfSentence,
            EosToken = special.EndOfSentence,
            PadToken = special.EndOfSentence,
            ChatTemplate = ChatTemplate.Jinja(special),
        };

        Write(directory, ToJson(tokenizer), config);
    }

    /// <summary>See <see cref="Tokenizer.Export"/>.</summary>
    public static void Export(Tokenizer tokenizer, string directory, string? chatTemplate)
    {
        TokenizerExport export = new(tokenizer);
        Write(directory, export.File(), export.Config(chatTemplate));
    }

    private static void Write(string directory, TokenizerJson file, TokenizerConfigJson config)
    {
        TextJson json = TextJson.Readable;
        AtomicFile.Write(Path.Combine(directory, "tokenizer.json"), JsonSerializer.SerializeToUtf8Bytes(file, json.TokenizerJson));
        AtomicFile.Write(Path.Combine(directory, "tokenizer_config.json"), JsonSerializer.SerializeToUtf8Bytes(config, json.TokenizerConfigJson));
    }

    /// <summary>See <see cref="Tokenizer.Load(string, SpecialTokens)"/>.</summary>
    public static Tokenizer Load(string directory, SpecialTokens specialTokens)
    {
        string path = Path.Combine(directory, "tokenizer.json");
        string configPath = Path.Combine(directory, "tokenizer_config.json");
        TokenizerJson json = Read(path, TextJson.Readable.TokenizerJson);
        SpecialsJson config = File.Exists(configPath) ? Read(configPath, TextJson.Readable.SpecialsJson) : new();
        try
        {
            return new TokenizerReader(json, config).Read(specialTokens);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{path}': {e.Message}.", e);
        }
        catch (NotSupportedException e)
        {
            throw new NotSupportedException($"'{path}' asks for {e.Message}, which is not built.", e);
        }
    }

    private static T Read<T>(string path, JsonTypeInfo<T> type)
    {
        var file = new FileInfo(path);
        if (file.Length > MostBytes)
        {
            throw new InvalidDataException($"'{path}' has {file.Length} bytes; {MostBytes} are the most that a vocabulary may have.");
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? throw new InvalidDataException($"'{path}' holds null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is no {file.Name}: {e.Message}", e);
        }
    }

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
            PreTokenizer = TokenizerExport.Cuts(PreTokenizer.Sputnik),
            Decoder = TokenizerExport.ByteLevel(),
            Model = new BpeJson
            {
                Type = "BPE",
                Vocab = vocabulary,
                Merges = [.. tokenizer.Merges.Pairs.Select(pair => MergeText.Of(Spell(pair.Left), Spell(pair.Right)))],
            },
        };
    }
}
