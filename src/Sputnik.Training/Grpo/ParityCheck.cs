namespace Sputnik.Training;

/// <summary>
/// The law that makes training on-policy: the trainer's log-probability of every sampled token is the rollout's, to the bit.
/// </summary>
internal static class ParityCheck
{
    /// <summary>Throws at the first token where the two differ in any bit.</summary>
    public static void Check(TrainedResponse response, ReadOnlySpan<float> trainer)
    {
        ReadOnlySpan<float> rollout = response.Rollout.LogProbs;
        for (int i = 0; i < trainer.Length; i++)
        {
            (uint mine, uint theirs) = (BitConverter.SingleToUInt32Bits(trainer[i]), BitConverter.SingleToUInt32Bits(rollout[i]));
            if (mine != theirs)
            {
                throw new InvalidOperationException(
                    $"Group {response.Group}, response {response.Index}, token {i} (id {response.Rollout.Response[i]}): the trainer's " +
                    $"log-probability is {trainer[i]:R} (0x{mine:X8}), the rollout's {rollout[i]:R} (0x{theirs:X8}). On-policy they are " +
                    "equal to the bit: the weights, the template or the temperature changed between rollout and update.");
            }
        }
    }
}
