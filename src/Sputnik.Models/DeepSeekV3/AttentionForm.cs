using System.Text.Json.Serialization;

namespace Sputnik.Models;

/// <summary>
/// How multi-head latent attention is computed. Both forms are the same function; their sums stand in different order,
/// so the form belongs to the model and rollouts and training share it.
/// </summary>
public enum AttentionForm
{
    /// <summary>Keys and values of every head are unfolded from the latent and cached: heads · (nope + rope + v) values a token and layer.</summary>
    [JsonStringEnumMemberName("expanded")]
    Expanded,

    /// <summary>The unfolding is moved to the query and the output, and the latent itself is cached: kv_lora_rank + rope values.</summary>
    [JsonStringEnumMemberName("absorbed")]
    Absorbed,
}
