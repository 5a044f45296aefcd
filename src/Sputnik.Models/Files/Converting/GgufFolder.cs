using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>A GGUF file as a model folder: the inverse of <see cref="FolderContent"/>.</summary>
public static class GgufFolder
{
    /// <summary>Bytes that <see cref="Write"/> will read.</summary>
    public static long Bytes(GgufFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Tensors(file, Config(file)).Sum(tensor => tensor.Bytes);
    }

    /// <summary>Writes config.json and the weights.</summary>
    /// <param name="file">The file.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="options">How.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="read">Told how many of <see cref="Bytes"/> were read, after each part.</param>
    /// <param name="cancellation">Breaks off.</param>
    /// <exception cref="InvalidDataException">The file contradicts itself.</exception>
    /// <exception cref="NotSupportedException">config.json has no word for something the file has.</exception>
    public static void Write(
        GgufFile file, string folder, FolderOptions options, Workers workers, Action<long>? read = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Type is { } type and not (WeightFormat.F32 or WeightFormat.F16 or WeightFormat.BF16))
        {
            throw new ArgumentException($"A folder's weights are f32, f16 or bf16, not {type.Name()}.", nameof(options));
        }

        FamilyConfig config = Config(file);
        StoredRows[] tensors = [.. Tensors(file, config).Select(rows => rows with { Natural = Wished(rows, options.Type) })];
        SafetensorsParts.Write(folder, tensors, options.MaxPartBytes, new(workers, read, cancellation));
        WeightFormat most = tensors.GroupBy(t => t.Natural).MaxBy(same => same.Sum(t => t.Rows * t.Cols))?.Key ?? WeightFormat.F32;
        byte[] json = config.ToJson(most switch { WeightFormat.F16 => "float16", WeightFormat.BF16 => "bfloat16", _ => "float32" });
        AtomicFile.Write(Path.Combine(folder, ModelFolder.ConfigFile), stream => stream.Write(json));
    }

    private static WeightFormat Wished(StoredRows rows, WeightFormat? type) =>
        type ?? (rows.Natural is WeightFormat.F32 or WeightFormat.F16 or WeightFormat.BF16 ? rows.Natural : WeightFormat.F32);

    // As published: heads turn in halves in llama, and a formula stands for the factors.
    private static FamilyConfig Config(GgufFile file)
    {
        FamilyConfig config = GgufModel.Config(file, new() { MaxLength = int.MaxValue });
        return config.Grouped switch
        {
            LlamaConfig llama => FamilyConfig.Of(llama with
            {
                RopeInterleaved = false,
                FrequencyFactors = null,
                Scaling = llama.FrequencyFactors is { } factors ? Formula(factors, llama, file.Path) : null,
            }),
            MistralConfig mistral => FamilyConfig.Of(mistral with { RopeInterleaved = false }),
            _ => config.Latent is { } latent ? FamilyConfig.Of(latent with { AttentionForm = AttentionForm.Expanded }) : config,
        };
    }

    // Llama 3.1 to 3.3 share the rest of the formula; its largest factor is the formula's own.
    private static Llama3Scaling? Formula(IReadOnlyList<float> factors, LlamaConfig config, string path)
    {
        if (factors.All(factor => factor == 1))
        {
            return null;
        }

        Llama3Scaling scaling = new() { Factor = MathF.Round(factors.Max()) };
        float[] angles = RopeTable.Angles(((IGroupedConfig)config).Shape().HeadSize, config.RopeTheta);
        bool same = scaling.Frequencies(angles).Zip(angles, factors).All(at => MathF.Abs((at.Second / at.First / at.Third) - 1) < 1e-5f);
        return same ? scaling : throw new NotSupportedException(
            $"{path}: '{GgufShape.FactorsName}' is not Llama 3's formula with a factor of {scaling.Factor}, and config.json has no word for other factors.");
    }

    private static IEnumerable<StoredRows> Tensors(GgufFile file, FamilyConfig config)
    {
        foreach (WeightDeclaration declaration in config.Declarations())
        {
            (string name, int? expert) = GgufNames.Of(declaration.Name);
            StoredRows rows = config.Latent is { } latent && name.EndsWith("attn_kv_b.weight", StringComparison.Ordinal) && !file.Tensors.ContainsKey(name)
                ? HeadRows.Joined(name, Find(file, name, "attn_k_b"), Find(file, name, "attn_v_b"), latent)
                : Find(file, name, "attn_kv_b");
            rows = expert is int number ? rows.Matrix(number) : rows;
            long[] dimensions = [.. declaration.FileShape.Reverse()];
            if (rows.Cols != declaration.In || rows.Rows != declaration.Out)
            {
                throw new InvalidDataException($"{file.Path}: '{name}' [{string.Join(", ", rows.Dimensions)}] must be [{string.Join(", ", dimensions)}].");
            }

            yield return Laid(config, declaration.Name, rows) with { Name = declaration.Name, Dimensions = dimensions };
        }
    }

    private static StoredRows Laid(FamilyConfig config, string name, StoredRows rows)
    {
        bool turns = name.EndsWith("q_proj.weight", StringComparison.Ordinal) || name.EndsWith("k_proj.weight", StringComparison.Ordinal);
        if (!turns || config.Grouped is not (LlamaConfig or MistralConfig))
        {
            return rows;
        }

        int size = config.Grouped.Shape().HeadSize;
        return HeadRows.Halved(rows, size, size);
    }

    private static StoredRows Find(GgufFile file, string name, string part)
    {
        string own = name.Replace("attn_kv_b", part, StringComparison.Ordinal);
        return file.Tensors.TryGetValue(own, out GgufTensor? tensor)
            ? StoredRows.Of(own, tensor.Dimensions, tensor.Format, tensor.Stored)
            : throw new InvalidDataException($"{file.Path}: the model needs '{own}', the file does not have it.");
    }
}
