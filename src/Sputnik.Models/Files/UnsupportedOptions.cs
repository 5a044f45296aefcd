using System.Text.Json;

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
        Allow(root, source, "quantization_config", _ => false);
        Allow(root, source, "rope_parameters", value => IsPlainRope(value) && IsRepeated(root, value));
        if (family == Qwen3Config.FamilyName)
        {
            Allow(root, source, "rope_scaling", IsPlainRope);
            Allow(root, source, "use_sliding_window", value => value.ValueKind == JsonValueKind.False);
        }
        else
        {
            Allow(root, source, "rope_scaling", IsYarn);
            Allow(root, source, "moe_layer_freq", value => IsNumber(value, 1));
            Allow(root, source, "num_nextn_predict_layers", value => IsNumber(value, 0));
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
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number == expected;

    private static bool IsPlainRope(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && (!value.TryGetProperty("rope_type", out JsonElement type) || IsText(type, "default"))
        && !value.TryGetProperty("factor", out _);

    private static bool IsYarn(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && ((value.TryGetProperty("rope_type", out JsonElement type) && IsText(type, "yarn"))
            || (value.TryGetProperty("type", out JsonElement older) && IsText(older, "yarn")));

    private static bool IsText(JsonElement value, string expected) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(expected);

    // Newer files put rope_theta here alone; read from the wrong place it would be silently the default.
    private static bool IsRepeated(JsonElement root, JsonElement value) =>
        !value.TryGetProperty("rope_theta", out JsonElement inner)
        || (root.TryGetProperty("rope_theta", out JsonElement outer)
            && inner.ValueKind == JsonValueKind.Number && outer.ValueKind == JsonValueKind.Number
            && inner.GetDouble() == outer.GetDouble());
}
