namespace Sputnik.Tasks;

/// <summary>
/// Judges whole responses: the form first, then the answer by the family of the problem. The reward of training and the
/// score of evaluation are both this verdict. Pure; never throws on a response.
/// </summary>
public sealed class Verifier(TaskFamilies families)
{
    /// <summary>A response is the text after "&lt;think&gt;\n", without the end token. Ill formed responses score 0 whatever they say.</summary>
    public Verdict Verify(Problem problem, string response)
    {
        ResponseFormat format = ResponseFormat.Parse(response);
        return format.Answer is { } answer
            ? families.Of(problem).Verify(problem, answer) with { WellFormed = true }
            : Verdict.Wrong(format.Why);
    }
}
