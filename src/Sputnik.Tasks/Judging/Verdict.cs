namespace Sputnik.Tasks;

/// <summary>A judgement of model output. Output is never an error: a bad one scores 0 and says why.</summary>
/// <param name="Score">In [0, 1].</param>
/// <param name="Why">The reason in a few words.</param>
public sealed record Verdict(double Score, string Why)
{
    /// <summary>The content of the box, trimmed: what is voted on. Null when there is none that can be read.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether the form is as asked: one "&lt;/think&gt;", then one box.</summary>
    public bool WellFormed { get; init; }

    /// <summary>Whether the score is full.</summary>
    public bool IsRight => Score >= 1;

    internal static Verdict Right(string answer) => new(1, "right") { Answer = answer };

    internal static Verdict Wrong(string why, string? answer = null) => new(0, why) { Answer = answer };
}
