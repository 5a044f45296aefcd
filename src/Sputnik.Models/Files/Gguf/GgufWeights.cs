using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>The weights of a GGUF file for a model's declarations; every one stays where it lies.</summary>
/// <param name="file">The file.</param>
/// <param name="latent">Multi-head latent attention's shape, where the model has it.</param>
internal sealed class GgufWeights(GgufFile file, DeepSeekV3Config? latent)
{
    /// <summary>The weight of a declaration.</summary>
    public Weight Find(WeightDeclaration declaration)
    {
        (string name, int? expert) = GgufNames.Of(declaration.Name);
        if (latent is not null && name.EndsWith("attn_kv_b.weight", StringComparison.Ordinal))
        {
            return KvUp(declaration, name, latent);
        }

        GgufTensor tensor = Tensor(name);
        long expected = declaration.Count;
        StoredBytes stored = tensor.Stored;
        if (expert is int number)
        {
            long each = tensor.Format.RowBytes(declaration.In) * declaration.Out;
            if (tensor.Dimensions.Count != 3 || number >= tensor.Dimensions[2])
            {
                throw Wrong(tensor, $"must hold expert {number} as its third dimension");
            }

            stored = stored.Slice(number * each, each);
            expected *= tensor.Dimensions[2];
        }

        if (tensor.Dimensions[0] != declaration.In || tensor.Dimensions.Aggregate(1L, (a, b) => a * b) != expected)
        {
            throw Wrong(tensor, $"must have rows of {declaration.In} and {expected} values");
        }

        return Weight.Frozen(declaration.Name, declaration.Out, declaration.In, tensor.Format, stored);
    }

    // Folding queries into the latent multiplies by both of its sides, which blocks of one side do not serve: it is decoded.
    private Weight KvUp(WeightDeclaration declaration, string name, DeepSeekV3Config c)
    {
        Weight weight = new(declaration.Name, declaration.Out, declaration.In);
        if (file.Tensors.TryGetValue(name, out GgufTensor? whole))
        {
            Decode(whole, declaration.Count).CopyTo(weight.Values);
            return weight;
        }

        // Newer files part it by use: keys transposed for the query's side, values as they are.
        float[] keys = Decode(Tensor(name.Replace("attn_kv_b", "attn_k_b", StringComparison.Ordinal)), (long)c.Heads * c.NopeSize * c.KvLatent);
        float[] values = Decode(Tensor(name.Replace("attn_kv_b", "attn_v_b", StringComparison.Ordinal)), (long)c.Heads * c.ValueSize * c.KvLatent);
        Span<float> to = weight.Values;
        for (int head = 0; head < c.Heads; head++)
        {
            Span<float> rows = to.Slice(head * (c.NopeSize + c.ValueSize) * c.KvLatent, (c.NopeSize + c.ValueSize) * c.KvLatent);
            ReadOnlySpan<float> key = keys.AsSpan(head * c.NopeSize * c.KvLatent, c.NopeSize * c.KvLatent);
            for (int i = 0; i < key.Length; i++)
            {
                rows[(i % c.NopeSize * c.KvLatent) + (i / c.NopeSize)] = key[i];
            }

            values.AsSpan(head * c.ValueSize * c.KvLatent, c.ValueSize * c.KvLatent).CopyTo(rows[(c.NopeSize * c.KvLatent)..]);
        }

        return weight;
    }

    private float[] Decode(GgufTensor tensor, long count)
    {
        if (tensor.Dimensions.Aggregate(1L, (a, b) => a * b) != count)
        {
            throw Wrong(tensor, $"must have {count} values");
        }

        int cols = (int)tensor.Dimensions[0];
        using Weight weight = Weight.Frozen(tensor.Name, checked((int)(count / cols)), cols, tensor.Format, tensor.Stored);
        return weight.Values.ToArray();
    }

    private GgufTensor Tensor(string name) => file.Tensors.TryGetValue(name, out GgufTensor? tensor)
        ? tensor
        : throw new InvalidDataException($"{file.Path}: the model needs '{name}', the file does not have it.");

    private InvalidDataException Wrong(GgufTensor tensor, string what) =>
        new($"{file.Path}: '{tensor.Name}' [{string.Join(", ", tensor.Dimensions)}] {what}.");
}
