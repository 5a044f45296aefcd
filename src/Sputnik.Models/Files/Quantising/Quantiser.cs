using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// Writes a model as a GGUF file of another type, a part of a tensor at a time. The bytes depend on the model, the options and
/// the importances, not on the threads.
/// </summary>
public static class Quantiser
{
    // The version of the block layouts, which llama.cpp asks for. Source: ggml.h, GGML_QNT_VERSION.
    private const uint LayoutVersion = 2;

    /// <summary>Writes the file, or the files of a split one; they are whole or absent.</summary>
    /// <param name="content">The model.</param>
    /// <param name="path">The file to write, .gguf; of a split one without the -00001-of-000NN.</param>
    /// <param name="options">What to make of it.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="read">Told how many bytes of <see cref="GgufContent.Bytes"/> were read, after each part.</param>
    /// <param name="cancellation">Breaks off; nothing is left behind.</param>
    /// <exception cref="InvalidDataException">A value cannot be stored, or the importances are of another model.</exception>
    /// <exception cref="NotSupportedException">The tensors were rounded before, and that is not allowed.</exception>
    public static QuantiseReport Write(
        GgufContent content, string path, QuantiseOptions options, Workers workers, Action<long>? read = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        if (!path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"The file to write is a .gguf, not '{path}'.", nameof(path));
        }

        IReadOnlyList<QuantisedTensor> plan = Plan(content, options);
        RowWriter writer = new(workers, read, cancellation);
        List<GgufSource> tensors = [];
        foreach ((StoredRows tensor, QuantisedTensor planned) in content.Tensors.Zip(plan))
        {
            float[]? importance = planned.Weighted ? options.Importance?.Of(tensor) : null;
            tensors.Add(new(tensor.Name, tensor.Dimensions, planned.To, stream => writer.Write(tensor, planned.To, importance, stream)));
        }

        IReadOnlyList<IReadOnlyList<GgufSource>> parts = GgufParts.Cut(
            tensors, options.Parts is int count ? GgufParts.Limit(tensors, count) : options.MaxPartBytes ?? long.MaxValue);
        CheckTargets(GgufParts.Names(path, parts.Count), content, options.Overwrite);
        string[] files = GgufParts.Write(path, Metadata(content, options, plan), parts);
        return new(files, options.Type?.Name ?? "as stored", content.Bytes, plan);
    }

    private static void CheckTargets(string[] targets, GgufContent content, bool overwrite)
    {
        HashSet<string> sources = [.. content.Files.Select(Path.GetFullPath)];
        foreach (string target in targets)
        {
            if (sources.Contains(Path.GetFullPath(target)))
            {
                throw new ArgumentException($"'{target}' is the model that is read; write to another file.", nameof(targets));
            }

            if (File.Exists(target) && !overwrite)
            {
                throw new IOException($"'{target}' is there already; --force writes over it.");
            }
        }
    }

    /// <summary>What each tensor will be stored as, without writing anything.</summary>
    /// <exception cref="InvalidDataException">The importances are of another model.</exception>
    /// <exception cref="NotSupportedException">The tensors were rounded before, and that is not allowed.</exception>
    public static IReadOnlyList<QuantisedTensor> Plan(GgufContent content, QuantiseOptions options)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(options);
        TypeMix mix = new(options, content);
        List<QuantisedTensor> plan = [];
        foreach (StoredRows tensor in content.Tensors)
        {
            WeightFormat to = mix.Of(tensor);
            if (to != tensor.Format && tensor.Format.BlockValues() > 1 && !options.AllowRequantise)
            {
                throw new NotSupportedException(
                    $"{content.Source}: '{tensor.Name}' is stored in {tensor.Format.Name()}, and rounding it again to {to.Name()} is worse than rounding once: start from f32, f16 or bf16, or allow it (--allow-requantize).");
            }

            bool weighted = to != tensor.Format && to.BlockValues() > 1 && options.Importance?.Of(tensor) is not null;
            plan.Add(new(tensor.Name, tensor.Rows * tensor.Cols, tensor.Format, to, to.RowBytes(tensor.Cols) * tensor.Rows, weighted));
        }

        return plan;
    }

    private static Dictionary<string, GgufValue> Metadata(GgufContent content, QuantiseOptions options, IReadOnlyList<QuantisedTensor> plan)
    {
        Dictionary<string, GgufValue> metadata = new(content.Metadata, StringComparer.Ordinal)
        {
            ["general.quantization_version"] = GgufValue.Of(LayoutVersion),
        };

        // As stored: what most of the values are, or what the file said of itself.
        WeightFormat most = plan.GroupBy(t => t.To).MaxBy(same => same.Sum(t => t.Values))?.Key ?? WeightFormat.F32;
        if ((options.Type ?? QuantisedType.Unrounded(most)) is { } type)
        {
            metadata["general.file_type"] = GgufValue.Of((uint)type.Number);
        }

        return metadata;
    }
}
