using System.Collections.Concurrent;
using System.Text;
using Sputnik.Tests.Laws;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

/// <summary>The tokenizer metadata of a GGUF v3 file, for comparison with ids that other software computed from it.</summary>
internal static class GoldenVocabulary
{
    public static readonly string Folder = Path.Combine(Repository.Root, "..", "shared", "golden", "tokenizers");

    /// <summary>The names for which there are ids.</summary>
    public static readonly string[] Names =
    [
        "deepseek-coder", "deepseek-llm", "deepseek-llm+pre-deepseek-v3", "deepseek-r1-qwen", "llama-bpe", "llama-spm", "qwen2",
    ];

    private static readonly ConcurrentDictionary<string, Tokenizer> Tokenizers = [];

    /// <summary>The tokenizer of a vocabulary, made once.</summary>
    public static Tokenizer Tokenizer(string name) => Tokenizers.GetOrAdd(name, of => Sputnik.Text.Tokenizer.From(Read(of)));

    public static string PathOf(string name) => Path.Combine(Folder, $"{name}.vocab.gguf");

    /// <summary>Skips the test where the files do not lie beside the repository.</summary>
    public static TokenizerData Read(string name)
    {
        Assert.SkipUnless(Directory.Exists(Folder), $"{Folder} is not there.");
        using BinaryReader reader = new(new MemoryStream(File.ReadAllBytes(PathOf(name))), Encoding.UTF8);
        reader.ReadBytes(16);
        Dictionary<string, object> values = [];
        for (long keys = reader.ReadInt64(); keys > 0; keys--)
        {
            string key = Text(reader);
            values[key.Replace("tokenizer.ggml.", "", StringComparison.Ordinal)] = Value(reader, reader.ReadUInt32());
        }

        return new TokenizerData
        {
            Model = (string)values["model"],
            Pre = (string)values["pre"],
            Tokens = [.. (string[])values["tokens"]],
            TokenTypes = Array.ConvertAll((int[])values["token_type"], type => (TokenKind)type),
            Scores = values.GetValueOrDefault("scores") as float[],
            Merges = values.GetValueOrDefault("merges") is string[] merges ? [.. merges] : null,
            BosId = (int?)(uint?)values.GetValueOrDefault("bos_token_id"),
            EosId = (int?)(uint?)values.GetValueOrDefault("eos_token_id"),
            UnknownId = (int?)(uint?)values.GetValueOrDefault("unknown_token_id"),
            PaddingId = (int?)(uint?)values.GetValueOrDefault("padding_token_id"),
            AddBos = (bool?)values.GetValueOrDefault("add_bos_token"),
            AddEos = (bool?)values.GetValueOrDefault("add_eos_token"),
        };
    }

    private static string Text(BinaryReader reader) => Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadInt64()));

    private static object Value(BinaryReader reader, uint type) => type switch
    {
        4 => reader.ReadUInt32(),
        5 => reader.ReadInt32(),
        6 => reader.ReadSingle(),
        7 => reader.ReadBoolean(),
        8 => Text(reader),
        9 => List(reader, reader.ReadUInt32(), (int)reader.ReadInt64()),
        _ => throw new InvalidDataException($"Value type {type}."),
    };

    private static object List(BinaryReader reader, uint type, int count)
    {
        return type switch
        {
            5 => Read(reader.ReadInt32),
            6 => Read(reader.ReadSingle),
            8 => Read(() => Text(reader)),
            _ => throw new InvalidDataException($"List of {count} of type {type}."),
        };

        T[] Read<T>(Func<T> next) => [.. Enumerable.Range(0, count).Select(_ => next())];
    }
}
