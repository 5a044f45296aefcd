using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// Which format each tensor of a file gets: the sensitive ones more bits, by name, block and the model's shape, so that a
/// file of a type is mixed as everyone expects it. Source of the rules: llama.cpp, llama-quant.cpp (measured there, not here).
/// </summary>
/// <param name="options">Type and wishes.</param>
/// <param name="content">The model.</param>
internal sealed class TypeMix(QuantiseOptions options, GgufContent content)
{
    private const int ValuesBesideMany = 4;

    // Mixtral's shape, the one mixture with rules of its own.
    private const int Mixtral = 8;

    // Llama 2 70B's and Qwen2 72B's, where eight heads share the values.
    private const int LargeLayers = 80;

    // Without a type nothing is mixed, so that its own is never asked for.
    private readonly QuantisedType _type = options.Type ?? QuantisedType.Plain;
    private readonly int _layers = content.Whole("block_count") ?? 0;
    private readonly int _experts = content.Whole("expert_count") ?? 0;
    private readonly int _sharing = (content.Whole("attention.head_count") ?? 0) / Math.Max(1, content.Whole("attention.head_count_kv") ?? content.Whole("attention.head_count") ?? 1);
    private readonly int _valueTensors = content.Tensors.Count(tensor => HoldsValues(tensor.Name));
    private readonly bool _hasHead = content.Tensors.Any(tensor => tensor.Name == "output.weight");

    private bool HasImportance => options.Importance is not null;

    /// <summary>Whether a tensor is a matrix whose values may be rounded: not a vector, a norm or a router.</summary>
    public static bool IsMatrix(StoredRows tensor) =>
        tensor.Dimensions.Count >= 2 && tensor.Name.EndsWith("weight", StringComparison.Ordinal)
        && !tensor.Name.Contains("_norm.weight", StringComparison.Ordinal) && !tensor.Name.Contains("ffn_gate_inp.weight", StringComparison.Ordinal);

    /// <summary>The format of a tensor.</summary>
    public WeightFormat Of(StoredRows tensor)
    {
        if (!IsMatrix(tensor))
        {
            return tensor.Natural;
        }

        WeightFormat? wished = tensor.Name switch
        {
            "token_embd.weight" => options.TokenEmbedding ?? (_hasHead ? null : options.Output),
            "output.weight" => options.Output,
            _ => null,
        };
        return Fitting(tensor, wished ?? (options.Type is null ? tensor.Natural : _type.IsQuantised ? Mixed(tensor) : _type.Format));
    }

    private WeightFormat Mixed(StoredRows tensor) => tensor.Name switch
    {
        "output.weight" => Head(tensor),
        "token_embd.weight" => _hasHead ? Embedding() : Head(tensor),
        _ when _type.Name == "MXFP4_MOE" => tensor.Dimensions.Count > 2 && tensor.Dimensions[2] > 1 ? WeightFormat.MXFP4 : WeightFormat.Q8_0,
        _ => InBlock(tensor.Name, GgufNames.Block(tensor.Name) ?? 0),
    };

    private WeightFormat Head(StoredRows tensor) =>
        _type.Name == "MXFP4_MOE" || tensor.Dimensions[0] % _type.Format.BlockValues() != 0 || _type.Format == WeightFormat.Q8_0
            ? WeightFormat.Q8_0
            : WeightFormat.Q6_K;

    private WeightFormat Embedding() => _type.Name switch
    {
        "MXFP4_MOE" => WeightFormat.Q8_0,
        "TQ1_0" or "TQ2_0" => WeightFormat.Q4_K,
        _ => _type.Format,
    };

    private WeightFormat InBlock(string name, int layer)
    {
        if (HoldsValues(name))
        {
            return Values(layer);
        }

        if (name.Contains("attn_k.weight", StringComparison.Ordinal))
        {
            return _experts == Mixtral ? WeightFormat.Q8_0 : _type.Format;
        }

        if (name.Contains("ffn_down", StringComparison.Ordinal))
        {
            return Down(layer);
        }

        return name.Contains("attn_output.weight", StringComparison.Ordinal) ? AttentionOutput() : _type.Format;
    }

    private WeightFormat Values(int layer)
    {
        WeightFormat format = _type.Name switch
        {
            "Q2_K" => _sharing >= ValuesBesideMany ? WeightFormat.Q4_K : WeightFormat.Q3_K,
            "Q3_K_M" => layer < 2 ? WeightFormat.Q5_K : WeightFormat.Q4_K,
            "Q3_K_L" => WeightFormat.Q5_K,
            "IQ4_NL" or "IQ4_XS" when _sharing >= ValuesBesideMany => WeightFormat.Q5_K,
            "Q4_K_M" or "Q5_K_M" when IsSensitive(layer, _valueTensors) => WeightFormat.Q6_K,
            "Q4_K_S" when layer < 4 => WeightFormat.Q5_K,
            _ => _type.Format,
        };
        if (_layers == LargeLayers && content.Architecture is "llama" or "qwen2" && format is WeightFormat.Q3_K or WeightFormat.Q4_K)
        {
            format = WeightFormat.Q5_K;
        }

        return _experts == Mixtral ? WeightFormat.Q8_0 : format;
    }

    private WeightFormat Down(int layer) => _type.Name switch
    {
        "Q2_K" => WeightFormat.Q3_K,
        "Q3_K_M" => layer < _layers / 16 ? WeightFormat.Q5_K : WeightFormat.Q4_K,
        "Q3_K_L" => WeightFormat.Q5_K,
        "Q4_K_M" or "Q5_K_M" when IsSensitive(layer, _layers) => WeightFormat.Q6_K,
        "Q4_K_S" when layer < _layers / 8 => WeightFormat.Q5_K,
        "IQ4_NL" or "IQ4_XS" when layer < _layers / 8 && !HasImportance => WeightFormat.Q5_K,
        "Q4_0" when layer < _layers / 8 && HasImportance => WeightFormat.Q4_1,
        "Q5_0" when layer < _layers / 8 && HasImportance => WeightFormat.Q5_1,
        _ => _type.Format,
    };

    private WeightFormat AttentionOutput() => _type.Name switch
    {
        "Q2_K" or "Q3_K_S" or "Q3_K_M" or "Q4_K_S" or "Q4_K_M" or "IQ4_NL" or "IQ4_XS" when _experts == Mixtral => WeightFormat.Q5_K,
        "Q2_K" => WeightFormat.Q3_K,
        "Q3_K_M" => WeightFormat.Q4_K,
        "Q3_K_L" when _experts != Mixtral => WeightFormat.Q5_K,
        _ => _type.Format,
    };

    // Latent attention unfolds keys and values with one matrix.
    private static bool HoldsValues(string name) =>
        name.Contains("attn_v.weight", StringComparison.Ordinal) || name.Contains("attn_kv_b.weight", StringComparison.Ordinal);

    // The first and the last eighth of the blocks, and every third between.
    private static bool IsSensitive(int layer, int layers) => layer < layers / 8 || layer >= 7 * layers / 8 || (layer - (layers / 8)) % 3 == 2;

    // Rows that are no whole blocks get the next format that takes them.
    private static WeightFormat Fitting(StoredRows tensor, WeightFormat format)
    {
        if (tensor.Cols % format.BlockValues() == 0)
        {
            return format;
        }

        WeightFormat smaller = format switch
        {
            WeightFormat.TQ1_0 or WeightFormat.TQ2_0 => WeightFormat.Q4_0,
            WeightFormat.Q2_K or WeightFormat.Q3_K or WeightFormat.IQ4_XS => WeightFormat.IQ4_NL,
            WeightFormat.Q4_K => WeightFormat.Q5_0,
            WeightFormat.Q5_K => WeightFormat.Q5_1,
            WeightFormat.Q6_K => WeightFormat.Q8_0,
            _ => WeightFormat.F16,
        };
        return tensor.Cols % smaller.BlockValues() == 0 ? smaller : WeightFormat.F16;
    }
}
