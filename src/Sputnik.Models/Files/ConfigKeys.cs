using System.Text.Json.Nodes;

namespace Sputnik.Models;

/// <summary>Brings the spellings of newer and older config.json files to the ones the configurations read.</summary>
internal static class ConfigKeys
{
    private const string Rope = "rope_parameters";
    private const string Scaling = "rope_scaling";
    private const string Theta = "rope_theta";
    private const string Positions = "max_position_embeddings";

    /// <summary>
    /// Newer files have rotary base and scaling in rope_parameters; a scaling of the type default is none; without
    /// num_key_value_heads every query head has its own keys. Positions are planned for <paramref name="longest"/> at most.
    /// </summary>
    public static JsonObject Unify(JsonObject config, int longest)
    {
        if (config[Rope] is JsonObject rope)
        {
            if (config[Theta] is null && rope[Theta] is { } theta)
            {
                config[Theta] = theta.DeepClone();
            }

            if (config[Scaling] is null)
            {
                JsonObject scaling = rope.DeepClone().AsObject();
                scaling.Remove(Theta);
                config[Scaling] = scaling;
            }
        }

        if (config[Scaling] is JsonObject given && IsDefault(given["rope_type"] ?? given["type"]))
        {
            config[Scaling] = null;
        }

        if (config["num_key_value_heads"] is null && config["num_attention_heads"] is { } heads)
        {
            config["num_key_value_heads"] = heads.DeepClone();
        }

        if (config["mlp_only_layers"] is null)
        {
            config.Remove("mlp_only_layers");
        }

        if (config[Positions] is JsonValue positions && positions.TryGetValue(out int length) && length > longest)
        {
            config[Positions] = longest;
        }

        return config;
    }

    private static bool IsDefault(JsonNode? type) => type is JsonValue value && value.TryGetValue(out string? text) && text == "default";
}
