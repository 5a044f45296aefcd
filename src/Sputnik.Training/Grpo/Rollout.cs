namespace Sputnik.Training;

/// <summary>One sampled response with what was known when it was sampled. Token ids are kept end to end, never made again from text.</summary>
/// <param name="Prompt">Token ids of the prompt, template included; at least one.</param>
/// <param name="Response">Sampled token ids, the end token included where it was reached; at least one.</param>
/// <param name="LogProbs">Log-probability of each sampled token under the policy that sampled it. [Response.Length]</param>
/// <param name="Reward">What the response earned.</param>
public sealed record Rollout(int[] Prompt, int[] Response, float[] LogProbs, float Reward);
