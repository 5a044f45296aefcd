using System.Runtime.InteropServices;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>A model folder as the content of a GGUF file: names, layouts and keys as converters of published models write them.</summary>
public static class FolderContent
{
    /// <summary>Opens a folder; its tensors are read when they are written.</summary>
    /// <param name="folder">With config.json and safetensors.</param>
    /// <param name="text">Keys of its vocabulary and template, for a number of rows of its embedding; this room knows nothing of them.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or files do not belong together.</exception>
    /// <exception cref="NotSupportedException">GGUF has no word for something the model needs.</exception>
    public static GgufContent Open(string folder, Func<int, IReadOnlyDictionary<string, GgufValue>> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string path = Path.Combine(folder, ModelFolder.ConfigFile);
        ModelBlueprint blueprint = ModelBlueprint.Parse(File.ReadAllBytes(path), path);
        Dictionary<string, FolderTensor> found = FolderTensors.Open(folder);

        // Compares what is there with what is needed.
        _ = new FolderWeights(found, blueprint, folder, decoded: false);
        Dictionary<string, GgufValue> keys = GgufKeys.Of(blueprint.Config);
        keys["general.name"] = GgufValue.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));
        foreach ((string key, GgufValue value) in text(blueprint.Declarations[0].Out))
        {
            keys[key] = value;
        }

        return new(folder, keys, Tensors(blueprint.Config, found));
    }

    private static IEnumerable<StoredRows> Tensors(FamilyConfig config, Dictionary<string, FolderTensor> found)
    {
        List<StoredRows> experts = [];
        foreach (WeightDeclaration declaration in config.Declarations())
        {
            (string name, int? expert) = GgufNames.Of(declaration.Name);
            StoredRows rows = Laid(config, declaration.Name, Rows(declaration, found)) with { Name = name };
            if (expert is not null)
            {
                experts.Add(rows);
                continue;
            }

            foreach (StoredRows tensor in config.Latent is { } latent && name.EndsWith("attn_kv_b.weight", StringComparison.Ordinal) ? Parted(rows, latent) : [rows])
            {
                yield return TypeMix.IsMatrix(tensor) ? tensor : tensor with { Natural = WeightFormat.F32 };
            }
        }

        foreach (IGrouping<string, StoredRows> same in experts.GroupBy(rows => rows.Name))
        {
            yield return StoredRows.Stack(same.Key, [.. same]);
        }

        if (config.Grouped is LlamaConfig { Scaling: { } scaling } llama)
        {
            yield return Factors(scaling, llama);
        }
    }

    private static IEnumerable<StoredRows> Parted(StoredRows unfold, DeepSeekV3Config config)
    {
        yield return HeadRows.Keys(unfold, unfold.Name.Replace("attn_kv_b", "attn_k_b", StringComparison.Ordinal), config);
        yield return HeadRows.Values(unfold, unfold.Name.Replace("attn_kv_b", "attn_v_b", StringComparison.Ordinal), config);
    }

    // What must turn in pairs and does not yet.
    private static StoredRows Laid(FamilyConfig config, string name, StoredRows rows)
    {
        if (config.Grouped is LlamaConfig { RopeInterleaved: false } or MistralConfig { RopeInterleaved: false }
            && (name.EndsWith("q_proj.weight", StringComparison.Ordinal) || name.EndsWith("k_proj.weight", StringComparison.Ordinal)))
        {
            int size = config.Grouped.Shape().HeadSize;
            return HeadRows.Paired(rows, size, size);
        }

        if (config.Latent is not { RopeInterleaved: false } latent)
        {
            return rows;
        }

        return name.EndsWith("kv_a_proj_with_mqa.weight", StringComparison.Ordinal) ? HeadRows.Paired(rows, latent.KvLatent + latent.RopeSize, latent.RopeSize)
            : name.EndsWith("q_b_proj.weight", StringComparison.Ordinal) || name.EndsWith("q_proj.weight", StringComparison.Ordinal) ? HeadRows.Paired(rows, latent.QuerySize, latent.RopeSize)
            : rows;
    }

    private static StoredRows Rows(WeightDeclaration declaration, Dictionary<string, FolderTensor> found)
    {
        FolderTensor tensor = found[declaration.Name];
        long[] dimensions = [.. declaration.FileShape.Reverse()];
        if (tensor.Format is { } format)
        {
            return StoredRows.Of(declaration.Name, dimensions, format, tensor.Stored);
        }

        return tensor.Entry.Type == "F8_E4M3"
            ? Scaled(declaration, dimensions, tensor, found)
            : throw new NotSupportedException($"{tensor.Place} has the type {tensor.Entry.Type}; F32, F16, BF16 and F8_E4M3 can be read.");
    }

    // Bfloat16 is what DeepSeek's own conversion of its 8-bit weights makes of them.
    private static StoredRows Scaled(WeightDeclaration declaration, long[] dimensions, FolderTensor codes, Dictionary<string, FolderTensor> found)
    {
        FolderTensor scales = found.TryGetValue(declaration.Name + Float8Blocks.Suffix, out FolderTensor? there)
            ? there
            : throw new InvalidDataException($"{codes.Place} is F8_E4M3 and has no '{declaration.Name}{Float8Blocks.Suffix}'.");
        Weight weight = Float8Blocks.Weight(declaration, codes, scales);
        return new(declaration.Name, dimensions, WeightFormat.F32, (row, to) => weight.ReadRows((int)row, MemoryMarshal.Cast<byte, float>(to)))
        {
            Natural = WeightFormat.BF16,
        };
    }

    // Converted files divide angles by a tensor instead of knowing the formula.
    private static StoredRows Factors(Llama3Scaling scaling, LlamaConfig config)
    {
        float[] angles = RopeTable.Angles(((IGroupedConfig)config).Shape().HeadSize, config.RopeTheta);
        float[] factors = [.. angles.Zip(scaling.Frequencies(angles), (angle, scaled) => angle / scaled)];
        return new(GgufShape.FactorsName, [factors.Length], WeightFormat.F32, (_, to) => MemoryMarshal.AsBytes(factors.AsSpan()).CopyTo(to));
    }
}
