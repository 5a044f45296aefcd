using System.Text.Json.Serialization;

namespace Sputnik.Models;

/// <summary>How a gate's logits become affinities.</summary>
public enum GateScoring
{
    /// <summary>Each expert by itself (V3).</summary>
    [JsonStringEnumMemberName("sigmoid")]
    Sigmoid,

    /// <summary>Experts against each other (V2).</summary>
    [JsonStringEnumMemberName("softmax")]
    Softmax,
}
