namespace Sputnik.Tasks;

/// <summary>The numbers an evaluation is made of.</summary>
public static class Metrics
{
    /// <summary>
    /// The unbiased estimate of the chance that one of k samples is right, when c of n were:
    /// 1 - C(n - c, k) / C(n, k), as a product that does not overflow (Chen et al. 2021, arXiv 2107.03374).
    /// </summary>
    public static double PassAtK(int n, int c, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(c, n);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, n);
        if (n - c < k)
        {
            return 1;
        }

        double allWrong = 1;
        for (int i = n - c + 1; i <= n; i++)
        {
            allWrong *= 1 - ((double)k / i);
        }

        return 1 - allWrong;
    }

    /// <summary>
    /// The verdict that the majority of answers stands for (cons@k). Among equals the answer seen first wins; a response
    /// without a readable answer has no vote. Null where nobody voted.
    /// </summary>
    public static Verdict? Consensus(IEnumerable<Verdict> verdicts)
    {
        // Groups come in the order their keys were first seen and MaxBy keeps the first of equals.
        return verdicts
            .Where(verdict => verdict.Answer is not null)
            .GroupBy(verdict => verdict.Answer, StringComparer.Ordinal)
            .MaxBy(group => group.Count())?
            .First();
    }
}
