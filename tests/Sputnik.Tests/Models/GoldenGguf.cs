using System.Text;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

/// <summary>Unquantised tensors of a GGUF v3 file, for comparison with logits other software computed from it.</summary>
internal sealed class GoldenGguf
{
    private readonly Dictionary<string, float[]> _tensors = [];

    public GoldenGguf(string path)
    {
        using BinaryReader reader = new(File.OpenRead(path), Encoding.UTF8);
        reader.ReadBytes(8);
        long tensors = reader.ReadInt64();
        for (long keys = reader.ReadInt64(); keys > 0; keys--)
        {
            Text(reader);
            SkipValue(reader, reader.ReadUInt32());
        }

        List<(string Name, long Count, uint Type, long Offset)> places = [];
        for (; tensors > 0; tensors--)
        {
            string name = Text(reader);
            long count = 1;
            for (uint dimensions = reader.ReadUInt32(); dimensions > 0; dimensions--)
            {
                count *= reader.ReadInt64();
            }

            places.Add((name, count, reader.ReadUInt32(), reader.ReadInt64()));
        }

        long data = (reader.BaseStream.Position + 31) & ~31L;
        foreach ((string name, long count, uint type, long offset) in places)
        {
            reader.BaseStream.Position = data + offset;
            _tensors[name] = [.. Enumerable.Range(0, (int)count).Select(_ => Value(reader, type))];
        }
    }

    /// <summary>Gives every weight of a model the file's values.</summary>
    public void Fill(ILanguageModel model)
    {
        foreach (Weight weight in model.Weights)
        {
            string[] parts = weight.Name.Split('.');
            if (parts is ["model", "layers", var layer, ..])
            {
                Find($"blk.{layer}.", string.Join('.', parts[3..]), model).CopyTo(weight.Values);
            }
            else
            {
                string name = parts[^2] switch { "embed_tokens" => "token_embd", "norm" => "output_norm", _ => "output" };
                _tensors[name + ".weight"].CopyTo(weight.Values);
            }

            weight.Touch();
        }
    }

    private ReadOnlySpan<float> Find(string block, string name, ILanguageModel model)
    {
        if (name.Split('.') is ["mlp", "experts", var expert, var part, _])
        {
            float[] all = _tensors[$"{block}ffn_{part[..^5]}_exps.weight"];
            int size = all.Length / model.Routers[0].Loads.Length;
            return all.AsSpan(int.Parse(expert, null) * size, size);
        }

        return name switch
        {
            "self_attn.kv_b_proj.weight" => JoinKeysAndValues(block, Assert.IsType<DeepSeekV3Model>(model).Config),
            "mlp.gate.e_score_correction_bias" => _tensors[block + "exp_probs_b.bias"],
            _ => _tensors[block + Short(name) + ".weight"],
        };
    }

    // The file keeps keys transposed, head by head: [heads][latent][nope] and [heads][value][latent].
    private float[] JoinKeysAndValues(string block, DeepSeekV3Config c)
    {
        float[] keys = _tensors[block + "attn_k_b.weight"];
        float[] values = _tensors[block + "attn_v_b.weight"];
        List<float> joined = [];
        for (int head = 0; head < c.Heads; head++)
        {
            for (int row = 0; row < c.NopeSize; row++)
            {
                joined.AddRange(Enumerable.Range(0, c.KvLatent).Select(i => keys[(((head * c.KvLatent) + i) * c.NopeSize) + row]));
            }

            joined.AddRange(values.AsSpan(head * c.ValueSize * c.KvLatent, c.ValueSize * c.KvLatent));
        }

        return [.. joined];
    }

    private static string Short(string name) => name[..^".weight".Length] switch
    {
        "input_layernorm" => "attn_norm",
        "post_attention_layernorm" => "ffn_norm",
        "self_attn.q_a_layernorm" => "attn_q_a_norm",
        "self_attn.kv_a_layernorm" => "attn_kv_a_norm",
        "self_attn.kv_a_proj_with_mqa" => "attn_kv_a_mqa",
        "self_attn.o_proj" => "attn_output",
        "mlp.gate" => "ffn_gate_inp",
        "mlp.shared_experts.gate_proj" => "ffn_gate_shexp",
        "mlp.shared_experts.up_proj" => "ffn_up_shexp",
        "mlp.shared_experts.down_proj" => "ffn_down_shexp",
        var other => other
            .Replace("mlp.", "ffn_", StringComparison.Ordinal)
            .Replace("self_attn.", "attn_", StringComparison.Ordinal)
            .Replace("_proj", "", StringComparison.Ordinal),
    };

    private static string Text(BinaryReader reader) => Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadInt64()));

    private static float Value(BinaryReader reader, uint type) => type switch
    {
        0 => reader.ReadSingle(),
        1 => (float)reader.ReadHalf(),
        30 => BitConverter.UInt32BitsToSingle((uint)reader.ReadUInt16() << 16),
        _ => throw new InvalidDataException($"Tensor type {type}."),
    };

    private static void SkipValue(BinaryReader reader, uint type)
    {
        if (type == 9)
        {
            uint element = reader.ReadUInt32();
            for (long count = reader.ReadInt64(); count > 0; count--)
            {
                SkipValue(reader, element);
            }
        }
        else if (type == 8)
        {
            Text(reader);
        }
        else
        {
            reader.ReadBytes(type switch { 0 or 1 or 7 => 1, 2 or 3 => 2, 4 or 5 or 6 => 4, _ => 8 });
        }
    }
}
