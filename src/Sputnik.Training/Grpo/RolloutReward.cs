using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>The one number a response is trained on: the weighted sum of its judged parts and of its penalty on length.</summary>
public static class RolloutReward
{
    /// <summary>The reward of a response.</summary>
    /// <param name="verdict">What the judge said, the very judge of evaluations.</param>
    /// <param name="response">Its text, after "&lt;think&gt;\n", without the end token.</param>
    /// <param name="tokens">Its length, the end token included.</param>
    /// <param name="config">The weights.</param>
    public static float Of(Verdict verdict, string response, int tokens, GrpoConfig config) => (float)(
        Rewards.Of(verdict, response).Total(config.Reward)
        + ((double)config.OverlongWeight * OverlongPenalty.Of(tokens, config.MaxNewTokens, config.OverlongTokens)));
}
