using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Text;

namespace Sputnik.Fuzz;

/// <summary>Valid model folders of every family: float32, bfloat16, and in two shards with an index.</summary>
internal static class FolderSeeds
{
    private const int Vocabulary = 320;

    /// <summary>All of them, file by file.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, byte[]>> All { get; } =
    [
        Files(new GroupedModel(Qwen3), halved: false, parted: false),
        Files(new GroupedModel(Qwen2), halved: true, parted: false),
        Files(new GroupedModel(Llama), halved: true, parted: true),
        Files(new GroupedModel(Mixture), halved: false, parted: true),
        Files(new DeepSeekV3Model(DeepSeek), halved: false, parted: false),
        Files(new DeepSeekV3Model(DeepSeek with { AttentionForm = AttentionForm.Absorbed }), halved: true, parted: true),
    ];

    private static Qwen3Config Qwen3 => new() { VocabularySize = Vocabulary, HiddenSize = 16, FeedForwardSize = 24, Layers = 2, Heads = 2, KvHeads = 1, HeadSize = 8, MaxLength = 256 };

    private static Qwen2Config Qwen2 => new() { VocabularySize = Vocabulary, HiddenSize = 16, FeedForwardSize = 24, Layers = 2, Heads = 2, KvHeads = 1, MaxLength = 256, TiedEmbeddings = true };

    private static LlamaConfig Llama => new()
    {
        VocabularySize = Vocabulary,
        HiddenSize = 16,
        FeedForwardSize = 24,
        Layers = 2,
        Heads = 2,
        KvHeads = 1,
        MaxLength = 256,
        Scaling = new() { Factor = 8, OriginalLength = 64 },
    };

    private static Qwen3MoeConfig Mixture => new()
    {
        VocabularySize = Vocabulary,
        HiddenSize = 16,
        FeedForwardSize = 24,
        Layers = 2,
        Heads = 2,
        KvHeads = 1,
        HeadSize = 8,
        MaxLength = 256,
        Experts = 3,
        ExpertsPerToken = 2,
        ExpertSize = 8,
        DenseLayers = [0],
    };

    private static DeepSeekV3Config DeepSeek => new()
    {
        VocabularySize = Vocabulary,
        HiddenSize = 16,
        FeedForwardSize = 24,
        ExpertSize = 8,
        Layers = 2,
        DenseLayers = 1,
        Heads = 2,
        MaxLength = 256,
        QueryLatent = 12,
        KvLatent = 8,
        NopeSize = 6,
        RopeSize = 4,
        ValueSize = 6,
        RoutedExperts = 4,
        ExpertsPerToken = 2,
        Groups = 2,
        GroupsPerToken = 1,
        BalanceLoss = 0,
        Yarn = new() { Factor = 4, OriginalLength = 64 },
    };

    private static Dictionary<string, byte[]> Files(ILanguageModel model, bool halved, bool parted)
    {
        string folder = Directory.CreateTempSubdirectory("sputnik-seed-").FullName;
        using (model)
        {
            ModelInitializer.Initialize(model, 3);
            ModelFolder.Save(model, folder);
        }

        BpeTrainer.Train(["Cy has 11 shells. Cy buys 1.", "check 12-1=11 ok", "检查 等等 所以"], Vocabulary, new SpecialTokens()).Save(folder);
        new GenerationConfig().Save(folder);
        Dictionary<string, byte[]> files = Directory.GetFiles(folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
        Directory.Delete(folder, recursive: true);

        var tensors = FolderDraft.Read(files["model.safetensors"]).Tensors().Select(tensor => halved ? Halved(tensor) : tensor).ToArray();
        files.Remove("model.safetensors");
        if (!parted)
        {
            files["model.safetensors"] = FolderDraft.Of(tensors).Write();
            return files;
        }

        int half = tensors.Length / 2;
        (string Name, (string Name, string Type, JsonNode Shape, byte[] Data)[] Tensors)[] shards =
            [("model-00001-of-00002.safetensors", tensors[..half]), ("model-00002-of-00002.safetensors", tensors[half..])];
        JsonObject places = new(shards.SelectMany(shard => shard.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, (JsonNode?)shard.Name))));
        Array.ForEach(shards, shard => files[shard.Name] = FolderDraft.Of(shard.Tensors).Write());
        files["model.safetensors.index.json"] = Encoding.UTF8.GetBytes(new JsonObject { ["metadata"] = new JsonObject(), ["weight_map"] = places }.ToJsonString());
        return files;
    }

    // bfloat16 is the upper half of a float32.
    private static (string, string, JsonNode, byte[]) Halved((string Name, string Type, JsonNode Shape, byte[] Data) tensor)
    {
        ushort[] halves = MemoryMarshal.Cast<byte, uint>(tensor.Data).ToArray().Select(bits => (ushort)(bits >> 16)).ToArray();
        return (tensor.Name, "BF16", tensor.Shape, MemoryMarshal.AsBytes(halves.AsSpan()).ToArray());
    }
}
