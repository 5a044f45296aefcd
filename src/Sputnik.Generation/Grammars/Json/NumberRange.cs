using System.Globalization;

namespace Sputnik.Generation.Grammars;

/// <summary>Numbers between two whole bounds, as digits. A side without bound ends at 16 digits, as all numbers do here.</summary>
internal sealed class NumberRange(GrammarBuilder builder, JsonRules json)
{
    private const long Greatest = 9_999_999_999_999_999;

    /// <summary>Numbers from <paramref name="least"/> to <paramref name="most"/>, both included; null = without bound.</summary>
    /// <param name="least">The lower bound.</param>
    /// <param name="most">The upper bound.</param>
    /// <param name="fractions">Whether numbers between two whole ones count.</param>
    public Fragment Of(long? least, long? most, bool fractions)
    {
        long low = least ?? -Greatest, high = most ?? Greatest;
        if (low > high || low < -Greatest || high > Greatest)
        {
            throw new ArgumentException($"Numbers go from a bound to a greater one, of at most 16 digits; got {low} to {high}.");
        }

        List<Fragment> parts = [];
        if (low < 0)
        {
            parts.Add(builder.Then(builder.Text("-"), Magnitude(Math.Max(0, -high), -low, fractions)));
        }

        if (high >= 0)
        {
            parts.Add(Magnitude(Math.Max(0, low), high, fractions));
        }

        return builder.Any([.. parts]);
    }

    private Fragment Magnitude(long low, long high, bool fractions)
    {
        if (!fractions)
        {
            return Whole(low, high);
        }

        Fragment atHigh = high == Greatest
            ? builder.Then(Whole(high, high), builder.Call(json.Decimals))
            : builder.Then(Whole(high, high), builder.Optional(builder.Then(builder.Text("."), builder.Repeat(builder.Text("0"), 1, 16))));
        return low == high ? atHigh : builder.Any(builder.Then(Whole(low, high - 1), builder.Call(json.Decimals)), atHigh);
    }

    /// <summary>Whole numbers, a branch for each count of digits.</summary>
    private Fragment Whole(long low, long high)
    {
        List<Fragment> lengths = [];
        for (long from = low; from <= high;)
        {
            string first = from.ToString(CultureInfo.InvariantCulture);
            long to = Math.Min(high, long.Parse(new string('9', first.Length), CultureInfo.InvariantCulture));
            lengths.Add(builder.Call(Digits(first, to.ToString(CultureInfo.InvariantCulture))));
            from = to + 1;
        }

        return builder.Any([.. lengths]);
    }

    /// <summary>
    /// Numbers of as many digits as both bounds have. While the digits are those of a bound the next is bounded too: a rule
    /// a digit for each of the cases both, lower, upper and none, built from the last digit on.
    /// </summary>
    private int Digits(string low, string high)
    {
        int both = Ended(), lower = Ended(), upper = Ended(), free = Ended();
        for (int at = low.Length - 1; at >= 0; at--)
        {
            char l = low[at], h = high[at];
            int nextBoth = l == h
                ? Ruled(Digit(l, l, both))
                : Ruled(Digit(l, l, lower), Digit((char)(l + 1), (char)(h - 1), free), Digit(h, h, upper));
            int nextLower = Ruled(Digit(l, l, lower), Digit((char)(l + 1), '9', free));
            int nextUpper = Ruled(Digit(h, h, upper), Digit('0', (char)(h - 1), free));
            (both, lower, upper, free) = (nextBoth, nextLower, nextUpper, Ruled(Digit('0', '9', free)));
        }

        return both;
    }

    private int Ended() => Ruled(builder.Nothing());

    private Fragment? Digit(char first, char last, int rest) =>
        first <= last ? builder.Then(builder.Bytes(ByteSet.Range((byte)first, (byte)last)), builder.Call(rest)) : null;

    private int Ruled(params ReadOnlySpan<Fragment?> branches)
    {
        List<Fragment> present = [];
        foreach (Fragment? branch in branches)
        {
            if (branch is Fragment some)
            {
                present.Add(some);
            }
        }

        int rule = builder.Rule("digits");
        builder.Define(rule, builder.Any([.. present]));
        return rule;
    }
}
