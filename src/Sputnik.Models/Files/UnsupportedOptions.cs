using System.Text.Json;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// Options of published configurations that change the arithmetic and that these models do not have. Keys without a say
/// in the arithmetic are left alone.
/// </summary>
internal static class UnsupportedOptions
{
    public static void Check(JsonElement root, string family, string source)
    {
        Allow(root, source, "hidden_act", value => IsText(value, "silu"));
        Allow(root, source, "attention_bias", value => value.ValueKind == JsonValueKind.False);
        Allow(root, source, "mlp_bias", value => value.ValueKind == JsonValueKind.False);
        Allow(root, source, "partial_rotary_factor", value => IsNumber(value, 1));
        Allow(root, source, "quantization_config", IsBlockFloat8);
        Allow(root, source, "rope_parameters", value => IsRope(value, family) && IsRepeated(root, value));
        Allow(root, source, "rope_scaling", value => IsRope(value, family));
        if (family is Qwen3Config.FamilyName or Qwen3MoeConfig.FamilyName)
        {
            Allow(root, source, "use_sliding_window", value => value.ValueKind == JsonValueKind.False);
        }

        if (family is DeepSeekV3Model.Family or DeepSeekV3Model.OlderFamily)
        {
            Allow(root, source, "moe_layer_freq", value => IsNumber(value, 1));
        }
    }

    private static void Allow(JsonElement root, string source, string key, Func<JsonElement, bool> allowed)
    {
        if (root.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null && !allowed(value))
        {
            throw new NotSupportedException($"{source}: '{key}' = {value.GetRawText()} is not supported.");
        }
    }

    private static bool IsNumber(JsonElement value, int expected) =>
        value.ValueKind == JsonValueKind.Number && value.GetDouble() == expected;

    // What a family's rotary angles may be changed by.
    private static bool IsRope(JsonElement value, string family) => value.ValueKind == JsonValueKind.Object && (TypeOf(value), family) switch
    {
        (null or "default", _) => !value.TryGetProperty("factor", out _),
        ("llama3", LlamaConfig.FamilyName) => true,
        ("yarn", LlamaConfig.FamilyName or MistralConfig.FamilyName) => false,
        ("yarn", _) => true,
        _ => false,
    };

    private static string? TypeOf(JsonElement value) =>
        (value.TryGetProperty("rope_type", out JsonElement type) || value.TryGetProperty("type", out type)) && type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : null;

    private static bool IsText(JsonElement value, string expected) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(expected);

    // DeepSeek-V3's own weights: E4M3 with a float32 factor for every 128 by 128 of them.
    private static bool IsBlockFloat8(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("quant_method", out JsonElement method) && IsText(method, "fp8")
        && (!value.TryGetProperty("fmt", out JsonElement format) || IsText(format, "e4m3"))
        && value.TryGetProperty("weight_block_size", out JsonElement size) && size.ValueKind == JsonValueKind.Array
        && size.GetArrayLength() == 2 && size.EnumerateArray().All(side => IsNumber(side, Weight.ScaledSide));

    // Two places that contradict each other: whichever is read, one of them is wrong.
    private static bool IsRepeated(JsonElement root, JsonElement value) =>
        !value.TryGetProperty("rope_theta", out JsonElement inner)
        || !root.TryGetProperty("rope_theta", out JsonElement outer)
        || (inner.ValueKind == JsonValueKind.Number && outer.ValueKind == JsonValueKind.Number
            && inner.GetDouble() == outer.GetDouble());
}
