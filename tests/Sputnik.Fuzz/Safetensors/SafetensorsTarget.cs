using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Fuzz;

/// <summary>Model folders: config.json, safetensors in one file or in shards with an index, vocabulary and defaults.</summary>
internal sealed class SafetensorsTarget : IFuzzTarget
{
    private static readonly string[] ConfigValues =
    [
        "1", "2", "3", "16", "1048576", "4096", "-7", "0.5", "1e-30", "1e30", "\"yarn\"", "\"default\"", "\"llama\"", "\"mistral\"", "\"qwen2\"", "\"qwen3_moe\"", "\"deepseek_v3\"", "\"greedy\"", "\"softmax\"",
        "{\"rope_type\":\"yarn\",\"factor\":4,\"original_max_position_embeddings\":64}", "{\"rope_type\":\"default\"}", "{\"type\":\"linear\",\"factor\":2}", "[0,1,2,3]", "{\"quant_method\":\"fp8\",\"weight_block_size\":[128,128]}",
    ];

    private static readonly string[] IndexValues =
    [
        "\"../model-00001-of-00002.safetensors\"", "\"/etc/passwd\"", "\"..\\\\x.safetensors\"", "\"c:x.safetensors\"", "\"model-00003-of-00002.safetensors\"", "\".safetensors\"", "\"config.json\"",
        "\"model-00001-of-00002.safetensors\"", "\"model-00002-of-00002.safetensors\"",
    ];

    private static readonly string[] VocabularyValues = ["\"BPE\"", "\"▁\"", "[[\"a\",\"b\"]]", "259", "319", "320"];

    public string Name => "safetensors";

    public long MostManaged(long fileBytes) => (64 * fileBytes) + (16L << 20);

    public bool Refuses(Exception error) => error is InvalidDataException or NotSupportedException or FileNotFoundException or TemplateException;

    public FuzzCase Make(ref CounterRandom random)
    {
        Dictionary<string, byte[]> files = new(FolderSeeds.All[random.NextInt(0, FolderSeeds.All.Count - 1)]);
        string[] weights = [.. files.Keys.Where(name => name.EndsWith(".safetensors", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        string[] texts = [.. files.Keys.Where(name => name.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        switch (random.NextInt(0, 11))
        {
            case <= 5:
                string chosen = weights[random.NextInt(0, weights.Length - 1)];
                FolderDraft draft = FolderDraft.Read(files[chosen]);
                FolderDamage.Apply(draft, ref random);
                files[chosen] = draft.Write();
                break;
            case <= 8:
                files[ModelFolder.ConfigFile] = JsonDamage.Apply(files[ModelFolder.ConfigFile], ConfigValues, ref random);
                break;
            case 9 when weights.Length > 1:
                files["model.safetensors.index.json"] = JsonDamage.Apply(files["model.safetensors.index.json"], IndexValues, ref random);
                break;
            case 10:
                string damaged = texts[random.NextInt(0, texts.Length - 1)];
                files[damaged] = random.NextInt(0, 1) == 0
                    ? ByteDamage.Apply(files[damaged], files[damaged].Length, ref random)
                    : JsonDamage.Apply(files[damaged], VocabularyValues, ref random);
                break;
            default:
                files.Remove(files.Keys.Order(StringComparer.Ordinal).ElementAt(random.NextInt(0, files.Count - 1)));
                break;
        }

        return new(files);
    }

    public void Use(string folder)
    {
        // Half of the cases decode, as training does; which half must not change from run to run.
        bool decoded = new DirectoryInfo(folder).GetFiles().Sum(file => file.Length) % 2 == 0;
        using LoadedModel loaded = LoadedModel.Joined(folder, new() { MaxLength = 128, Decoded = decoded });
        ModelUse.Forward(loaded.Model);
        TokenizerTarget.Use(loaded.Tokenizer);
        if (loaded.Tokenizer.HasSpecial)
        {
            loaded.Template.Prompt([new(ChatRole.System, "s"), new(ChatRole.User, "ab </think>")]);
        }
    }
}
