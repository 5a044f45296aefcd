using System.Text.Json.Serialization;

namespace Sputnik.Models;

/// <summary>How a token's experts are chosen.</summary>
public enum ExpertChoice
{
    /// <summary>The best groups, then the best experts, by affinity plus a bias that balances the load (V3).</summary>
    [JsonStringEnumMemberName("noaux_tc")]
    BiasBalanced,

    /// <summary>The best groups by their best expert, then the best experts (V2).</summary>
    [JsonStringEnumMemberName("group_limited_greedy")]
    GroupLimited,

    /// <summary>The best experts (V2-Lite).</summary>
    [JsonStringEnumMemberName("greedy")]
    Greedy,
}
