using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Fuzz;

/// <summary>Damage to a GGUF draft that knows what its fields mean.</summary>
internal static class GgufDamage
{
    private static readonly string[] Texts =
    [
        "", "<0x-1>", "<0x41>", "<0xGG>", "▁", "a b", "a", " ", "\0", "gpt2", "llama", "qwen2", "deepseek-v3", "yarn", "none", "true", "-1", "../x.gguf", "{{", "{% for x in range(99999999) %}{{ x }}{% endfor %}",
        "{{ 'a' * 99999999 }}", "token_embd.weight", "blk.0.attn_q.weight", "blk.1.attn_q.weight", "output.weight", "rope_freqs.weight", "blk.0.attn_k_b.weight", "exp_probs_b.bias", new('x', 2000), new('(', 3000),
    ];

    private static readonly string[] Keys =
    [
        "split.count", "split.no", "split.tensors.count", "general.alignment", "general.architecture", "general.sampling.temp", "tokenizer.ggml.add_eos_token", "tokenizer.ggml.eot_token_id",
        "tokenizer.ggml.merges", "tokenizer.ggml.scores", "tokenizer.ggml.pre", "llama.expert_count", "llama.rope.scaling.type", "deepseek2.nextn_predict_layers", "deepseek2.expert_group_count",
    ];

    /// <summary>One to three edits.</summary>
    public static void Apply(GgufDraft draft, ref CounterRandom random)
    {
        for (int edits = random.NextInt(1, 3); edits > 0; edits--)
        {
            switch (random.NextInt(0, 9))
            {
                case 0:
                    Frame(draft, ref random);
                    break;
                case <= 4 when draft.Keys.Count > 0:
                    Metadata(draft, random.NextInt(0, draft.Keys.Count - 1), ref random);
                    break;
                case <= 8 when draft.Parts.Count > 0:
                    Tensor(draft, random.NextInt(0, draft.Parts.Count - 1), ref random);
                    break;
                default:
                    Vocabulary(draft, ref random);
                    break;
            }
        }
    }

    private static void Frame(GgufDraft draft, ref CounterRandom random)
    {
        switch (random.NextInt(0, 5))
        {
            case 0:
                draft.Version = (uint)ByteDamage.Number(ref random);
                break;
            case 1:
                draft.ClaimedParts = Near((ulong)draft.Parts.Count, ref random);
                break;
            case 2:
                draft.ClaimedKeys = Near((ulong)draft.Keys.Count, ref random);
                break;
            case 3:
                draft.Alignment = 1 << random.NextInt(0, 12);
                break;
            case 4:
                string name = Keys[random.NextInt(0, Keys.Length - 1)];
                draft.Keys.Add(random.NextInt(0, 2) == 0 ? GgufKey.Of(name, Text(ref random)) : GgufKey.Of(name, (uint)Near(1, ref random)));
                break;
            default:
                draft.Version = random.NextInt(0, 1) == 0 ? 2u : 0x03000000;
                break;
        }
    }

    private static void Metadata(GgufDraft draft, int index, ref CounterRandom random)
    {
        GgufKey key = draft.Keys[index];
        switch (random.NextInt(0, 13))
        {
            case <= 4:
                Value(key, ref random);
                break;
            case 5:
                key.Type = (uint)random.NextInt(0, 14);
                break;
            case 6:
                key.IsArray = !key.IsArray;
                break;
            case 7:
                key.ClaimedItems = Near((ulong)key.Items.Count, ref random);
                key.IsArray |= random.NextInt(0, 3) == 0;
                break;
            case 8:
                key.ClaimedLength = ByteDamage.Number(ref random);
                break;
            case 9:
                key.ClaimedName = Near((ulong)key.Name.Length, ref random);
                break;
            case 10:
                key.Nesting = random.NextInt(1, 2000);
                break;
            case 11:
                draft.Keys.Add(key.Copy());
                break;
            case 12:
                draft.Keys.RemoveAt(index);
                break;
            default:
                key.Name = random.NextInt(0, 3) == 0 ? [0xFF, 0xFE] : Encoding.UTF8.GetBytes(Text(ref random));
                break;
        }
    }

    private static void Value(GgufKey key, ref CounterRandom random)
    {
        if (key.Items.Count == 0)
        {
            return;
        }

        int at = random.NextInt(0, key.Items.Count - 1);
        key.Items[at] = key.Type switch
        {
            GgufKey.String when random.NextInt(0, 2) == 0 && key.Items[at].Length > 0 => ByteDamage.Apply(key.Items[at], key.Items[at].Length, ref random),
            GgufKey.String => Encoding.UTF8.GetBytes(Text(ref random)),
            GgufKey.Real => BitConverter.GetBytes(Real(ref random)),
            GgufKey.Boolean => [(byte)random.NextInt(0, 255)],
            _ => BitConverter.GetBytes((uint)Near(BitConverter.ToUInt32([.. key.Items[at], 0, 0, 0, 0]), ref random)),
        };
    }

    private static void Tensor(GgufDraft draft, int index, ref CounterRandom random)
    {
        GgufPart part = draft.Parts[index];
        switch (random.NextInt(0, 11))
        {
            case 0:
                part.Dimensions[random.NextInt(0, part.Dimensions.Length - 1)] = Near(part.Dimensions[0], ref random);
                break;
            case 1:
                part.Dimensions = [.. part.Dimensions, .. Enumerable.Repeat(Near(1, ref random), random.NextInt(1, 3))];
                break;
            case 2:
                part.ClaimedDimensions = (uint)Near((ulong)part.Dimensions.Length, ref random);
                break;
            case 3:
                part.Type = random.NextInt(0, 4) == 0 ? (uint)ByteDamage.Number(ref random) : (uint)random.NextInt(0, 42);
                break;
            case 4:
                part.ClaimedOffset = random.NextInt(0, 1) == 0 ? Near(0, ref random) : (ulong)random.NextInt(0, 4000) * 32;
                break;
            case 5:
                draft.Parts.Add(part.Copy());
                break;
            case 6:
                draft.Parts.RemoveAt(index);
                break;
            case 7:
                part.Name = random.NextInt(0, 4) == 0 ? [0xC3, 0x28] : Encoding.UTF8.GetBytes(Text(ref random));
                break;
            case 8:
                Array.Reverse(part.Dimensions);
                break;
            case 9:
                draft.Parts[index] = draft.Parts[0];
                draft.Parts[0] = part;
                break;
            default:
                part.Data = Content(part.Data, ref random);
                break;
        }
    }

    // Scales of NaN and infinity, in half and in single precision, stand wherever a block has its own.
    private static byte[] Content(byte[] data, ref CounterRandom random)
    {
        byte[] copy = [.. data];
        byte[] pattern = random.NextInt(0, 5) switch
        {
            0 => [0x00, 0x7E],
            1 => [0x00, 0x7C],
            2 => [0x00, 0x00, 0xC0, 0x7F],
            3 => [0x00, 0x00, 0x80, 0xFF],
            4 => [0xFF],
            _ => [0x00],
        };
        int step = random.NextInt(0, 1) == 0 ? pattern.Length : random.NextInt(pattern.Length, 300);
        for (int at = random.NextInt(0, Math.Min(copy.Length, 40)); at + pattern.Length <= copy.Length; at += step)
        {
            pattern.CopyTo(copy, at);
        }

        return copy;
    }

    private static void Vocabulary(GgufDraft draft, ref CounterRandom random)
    {
        string[] lists = ["tokens", "token_type", "scores", "merges"];
        if (draft.Key($"tokenizer.ggml.{lists[random.NextInt(0, lists.Length - 1)]}") is not { Items.Count: > 0 } key)
        {
            return;
        }

        int at = random.NextInt(0, key.Items.Count - 1);
        switch (random.NextInt(0, 4))
        {
            case 0:
                key.Items.RemoveAt(at);
                break;
            case 1:
                key.Items.Add(key.Items[at]);
                break;
            case 2:
                key.Items[at] = key.Items[random.NextInt(0, key.Items.Count - 1)];
                break;
            case 3:
                key.Items.RemoveRange(at, key.Items.Count - at);
                break;
            default:
                Value(key, ref random);
                break;
        }
    }

    private static string Text(ref CounterRandom random) => Texts[random.NextInt(0, Texts.Length - 1)];

    private static float Real(ref CounterRandom random) =>
        random.NextInt(0, 8) switch { 0 => 0, 1 => -1, 2 => float.NaN, 3 => float.PositiveInfinity, 4 => float.MaxValue, 5 => float.Epsilon, 6 => 1, 7 => 1e-20f, _ => 1e20f };

    private static ulong Near(ulong value, ref CounterRandom random) => random.NextInt(0, 5) switch
    {
        0 => value + 1,
        1 => value - 1,
        2 => value * 2,
        3 => value / 2,
        _ => ByteDamage.Number(ref random),
    };
}
