using System.Globalization;

namespace Sputnik.Models;

/// <summary>What GGUF files call the parameters of config.json's families. Source: gguf-py, constants.py.</summary>
internal static class GgufNames
{
    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["model.embed_tokens.weight"] = "token_embd.weight",
        ["model.norm.weight"] = "output_norm.weight",
        ["lm_head.weight"] = "output.weight",
    };

    private static readonly Dictionary<string, string> InBlock = new(StringComparer.Ordinal)
    {
        ["input_layernorm.weight"] = "attn_norm.weight",
        ["post_attention_layernorm.weight"] = "ffn_norm.weight",
        ["self_attn.q_proj.weight"] = "attn_q.weight",
        ["self_attn.k_proj.weight"] = "attn_k.weight",
        ["self_attn.v_proj.weight"] = "attn_v.weight",
        ["self_attn.q_proj.bias"] = "attn_q.bias",
        ["self_attn.k_proj.bias"] = "attn_k.bias",
        ["self_attn.v_proj.bias"] = "attn_v.bias",
        ["self_attn.o_proj.weight"] = "attn_output.weight",
        ["self_attn.q_norm.weight"] = "attn_q_norm.weight",
        ["self_attn.k_norm.weight"] = "attn_k_norm.weight",
        ["self_attn.q_a_proj.weight"] = "attn_q_a.weight",
        ["self_attn.q_a_layernorm.weight"] = "attn_q_a_norm.weight",
        ["self_attn.q_b_proj.weight"] = "attn_q_b.weight",
        ["self_attn.kv_a_proj_with_mqa.weight"] = "attn_kv_a_mqa.weight",
        ["self_attn.kv_a_layernorm.weight"] = "attn_kv_a_norm.weight",
        ["self_attn.kv_b_proj.weight"] = "attn_kv_b.weight",
        ["mlp.gate_proj.weight"] = "ffn_gate.weight",
        ["mlp.up_proj.weight"] = "ffn_up.weight",
        ["mlp.down_proj.weight"] = "ffn_down.weight",
        ["mlp.gate.weight"] = "ffn_gate_inp.weight",
        ["mlp.gate.e_score_correction_bias"] = "exp_probs_b.bias",
        ["mlp.shared_experts.gate_proj.weight"] = "ffn_gate_shexp.weight",
        ["mlp.shared_experts.up_proj.weight"] = "ffn_up_shexp.weight",
        ["mlp.shared_experts.down_proj.weight"] = "ffn_down_shexp.weight",
        ["mlp.experts.gate_proj.weight"] = "ffn_gate_exps.weight",
        ["mlp.experts.up_proj.weight"] = "ffn_up_exps.weight",
        ["mlp.experts.down_proj.weight"] = "ffn_down_exps.weight",
    };

    /// <summary>The block a tensor belongs to; null where it belongs to none.</summary>
    public static int? Block(string tensor) =>
        tensor.Split('.') is ["blk", var block, ..] && int.TryParse(block, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>The tensor of a parameter, and which of its experts where one tensor holds them all.</summary>
    public static (string Name, int? Expert) Of(string parameter)
    {
        string[] parts = parameter.Split('.');
        if (parts is not ["model", "layers", var layer, ..])
        {
            return (Whole[parameter], null);
        }

        if (parts is [_, _, _, "mlp", "experts", var expert, ..])
        {
            return ($"blk.{layer}.{InBlock[string.Join('.', [.. parts[3..5], .. parts[6..]])]}", int.Parse(expert, CultureInfo.InvariantCulture));
        }

        return ($"blk.{layer}.{InBlock[string.Join('.', parts[3..])]}", null);
    }
}
