using System.Text;
using Sputnik.Fuzz;

namespace Sputnik.Tests.Models;

/// <summary>One fault in a sound llama file, by name.</summary>
internal static class GgufFaults
{
    /// <summary>The damaged file.</summary>
    public static byte[] Make(string fault, GgufDraft draft)
    {
        if (fault == "cut tail")
        {
            return draft.Write().File[..^100];
        }

        if (!Frame(fault, draft) && !Metadata(fault, draft) && !Tensor(fault, draft) && !Count(fault, draft) && !Vocabulary(fault, draft))
        {
            throw new ArgumentException($"There is no fault '{fault}'.", nameof(fault));
        }

        return draft.Write().File;
    }

    private static bool Frame(string fault, GgufDraft draft)
    {
        switch (fault)
        {
            case "magic": draft.Magic = "GGML"u8.ToArray(); return true;
            case "tensor count 2^63": draft.ClaimedParts = 1UL << 63; return true;
            case "tensor count beyond the file": draft.ClaimedParts = 999_999; draft.Keys.Clear(); draft.Parts.Clear(); return true;
            case "one tensor too many": draft.ClaimedParts = (ulong)draft.Parts.Count + 1; return true;
            case "key count 2^64-1": draft.ClaimedKeys = ulong.MaxValue; return true;
            default: return false;
        }
    }

    private static bool Metadata(string fault, GgufDraft draft)
    {
        GgufKey first = draft.Keys[0], name = Key(draft, "general.name"), types = Key(draft, "tokenizer.ggml.token_type");
        switch (fault)
        {
            case "name of 2^64-1 bytes": first.ClaimedName = ulong.MaxValue; return true;
            case "name of 2^63 bytes": first.ClaimedName = 1UL << 63; return true;
            case "name that is not UTF-8": first.Name = [0xC3, 0x28]; return true;
            case "text of 2^64-1 bytes": first.ClaimedLength = ulong.MaxValue; return true;
            case "text beyond the file": first.ClaimedLength = 4 << 20; return true;
            case "key twice": draft.Keys.Add(name.Copy()); return true;
            case "value type 13": name.Type = 13; return true;
            case "array of arrays": name.Nesting = 1; return true;
            case "array of 2^62": types.ClaimedItems = 1UL << 62; return true;
            case "array item type 13": types.Type = 13; return true;
            case "array of strings beyond the file": Key(draft, "tokenizer.ggml.tokens").ClaimedItems = 16 << 20; return true;
            case "array of numbers beyond the file": types.ClaimedItems = 16 << 20; return true;
            case "no architecture": draft.Keys.RemoveAt(0); return true;
            case "architecture as a number": draft.Keys[0] = GgufKey.Of("general.architecture", 7u); return true;
            default: return false;
        }
    }

    private static bool Tensor(string fault, GgufDraft draft)
    {
        GgufPart norm = draft.Part("output_norm.weight"), table = draft.Part("token_embd.weight");
        switch (fault)
        {
            case "tensor twice": draft.Parts.Add(norm.Copy()); return true;
            case "tensor without a name": norm.Name = []; return true;
            case "tensor without dimensions": norm.Dimensions = []; return true;
            case "tensor of five dimensions": norm.Dimensions = [32, 1, 1, 1, 1]; return true;
            case "dimension 0": norm.Dimensions = [0]; return true;
            case "dimension 2^63": norm.Dimensions = [1UL << 63]; return true;
            // The product of four of these is 2^122: it wraps 64 bits to a size that would fit.
            case "dimensions that overflow": norm.Dimensions = [.. Enumerable.Repeat((ulong)int.MaxValue, 4)]; return true;
            case "row that is no whole blocks": table.Dimensions[0] = 33; return true;
            case "offset beyond the file": norm.ClaimedOffset = 1UL << 40; return true;
            case "offset 2^64-32": norm.ClaimedOffset = ulong.MaxValue - 31; return true;
            case "offset that is not aligned": norm.ClaimedOffset = 1; return true;
            case "factors of a wrong length": draft.Parts.Add(GgufPart.Of("rope_freqs.weight", Sputnik.Tensors.WeightFormat.F32, 5)); return true;
            case "norm of a wrong length": draft.Parts[1] = GgufPart.Of("output_norm.weight", Sputnik.Tensors.WeightFormat.F32, 64); return true;
            case "embedding of one dimension": table.Dimensions = [32]; return true;
            case "fewer rows than tokens": table.Dimensions[1] = 256; draft.Part("output.weight").Dimensions[1] = 256; return true;
            default: return false;
        }
    }

    private static bool Count(string fault, GgufDraft draft)
    {
        (string Key, uint Value)? number = fault switch
        {
            "alignment 0" => ("general.alignment", 0),
            "alignment 24" => ("general.alignment", 24),
            "alignment 2^30" => ("general.alignment", 1 << 30),
            "block_count above the layers present" => ("llama.block_count", 3),
            "block_count 513" => ("llama.block_count", 513),
            "block_count 2^32-1" => ("llama.block_count", uint.MaxValue),
            "head_count 0" => ("llama.attention.head_count", 0),
            "head_count_kv 0" => ("llama.attention.head_count_kv", 0),
            "head_count_kv 3" => ("llama.attention.head_count_kv", 3),
            "key_length 7" => ("llama.attention.key_length", 7),
            "context_length 0" => ("llama.context_length", 0),
            "bos beyond the tokens" => ("tokenizer.ggml.bos_token_id", 271),
            _ => null,
        };
        if (number is { } found)
        {
            Replace(draft, GgufKey.Of(found.Key, found.Value));
            return true;
        }

        switch (fault)
        {
            case "alignment as text": Replace(draft, GgufKey.Of("general.alignment", "x")); return true;
            case "block_count as text": Replace(draft, GgufKey.Of("llama.block_count", "x")); return true;
            case "epsilon NaN": Replace(draft, GgufKey.Of("llama.attention.layer_norm_rms_epsilon", float.NaN)); return true;
            case "freq_base 0": Replace(draft, GgufKey.Of("llama.rope.freq_base", 0f)); return true;
            default: return false;
        }
    }

    private static bool Vocabulary(string fault, GgufDraft draft)
    {
        GgufKey tokens = Key(draft, "tokenizer.ggml.tokens"), types = Key(draft, "tokenizer.ggml.token_type"), scores = Key(draft, "tokenizer.ggml.scores");
        switch (fault)
        {
            case "byte token <0x-1>": tokens.Items[3] = Encoding.UTF8.GetBytes("<0x-1>"); return true;
            case "token type 7": types.Items[3] = BitConverter.GetBytes(7); return true;
            case "too few token types": types.Items.RemoveAt(270); return true;
            case "too few scores": scores.Items.RemoveAt(270); return true;
            case "token types as text": Replace(draft, GgufKey.Of("tokenizer.ggml.token_type", Enumerable.Repeat("1", 271))); return true;
            case "scores as text": Replace(draft, GgufKey.Of("tokenizer.ggml.scores", Enumerable.Repeat("1", 271))); return true;
            case "no tokens": draft.Keys.Remove(tokens); return true;
            case "tokens as numbers": Replace(draft, GgufKey.Of("tokenizer.ggml.tokens", Enumerable.Range(0, 271))); return true;
            default: return false;
        }
    }

    private static void Replace(GgufDraft draft, GgufKey key) => draft.Keys[draft.Keys.FindIndex(old => old.Text == key.Text)] = key;

    private static GgufKey Key(GgufDraft draft, string name) =>
        draft.Key(name) ?? throw new ArgumentException($"The seed has no '{name}'.", nameof(name));
}
