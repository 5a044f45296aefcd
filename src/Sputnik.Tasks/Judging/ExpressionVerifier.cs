namespace Sputnik.Tasks;

/// <summary>
/// Judges an expression that must reach a target with each given number used exactly once. Exact rational arithmetic on
/// a grammar without powers, floor division or decimal points, bounded in size; a wrong multiset of numbers earns nothing.
/// </summary>
public static class ExpressionVerifier
{
    /// <summary>1 where the expression is worth <paramref name="target"/> and uses <paramref name="numbers"/>; else 0.</summary>
    public static Verdict Verify(IReadOnlyList<int> numbers, int target, string expression)
    {
        ReadOnlySpan<char> trimmed = expression.AsSpan().Trim(' ');
        if (trimmed.Contains('\0'))
        {
            return Verdict.Wrong("a NUL character");
        }

        var parser = new ExpressionParser(trimmed);
        if (parser.Parse() is not { } value)
        {
            return Verdict.Wrong(parser.Fault);
        }

        string answer = trimmed.ToString();
        if (!parser.Numbers.Order().SequenceEqual(numbers.Order()))
        {
            return Verdict.Wrong("not each number exactly once", answer);
        }

        return value == new Rational(target, 1) ? Verdict.Right(answer) : Verdict.Wrong("another value", answer);
    }
}
