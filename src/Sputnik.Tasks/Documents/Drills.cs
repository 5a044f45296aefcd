using System.Globalization;
using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>Documents of single facts, one a line: the arithmetic that worked steps are made of.</summary>
internal sealed class Drills(int facts, FamilyMix mix)
{
    public Document Next(ref CounterRandom random)
    {
        var text = new StringBuilder();
        for (int i = 0; i < facts; i++)
        {
            text.Append(Fact(ref random)).Append('\n');
        }

        return new Document(null, text.ToString());
    }

    /// <summary>Counts and addends as chains have them (2 of 3) or as equations have them, products, quotients; days and swaps where the mix has their families.</summary>
    private string Fact(ref CounterRandom random)
    {
        int greatest = random.NextInt(0, 2) > 0 ? 30 : 9 * mix.GreatestX;
        int count = random.NextInt(0, greatest), addend = random.NextInt(1, 9);
        int factor = random.NextInt(2, 9), times = random.NextInt(2, mix.GreatestX);
        return random.NextInt(0, 9) switch
        {
            0 or 1 or 2 => string.Create(CultureInfo.InvariantCulture, $"{count}+{addend}={count + addend}"),
            3 or 4 or 5 => string.Create(CultureInfo.InvariantCulture, $"{count + addend}-{addend}={count}"),
            6 => string.Create(CultureInfo.InvariantCulture, $"{factor}*{times}={factor * times}"),
            7 => string.Create(CultureInfo.InvariantCulture, $"{factor * times}/{factor}={times}"),
            8 when mix.Calendar > 0 => Day(ref random),
            9 when mix.Cups > 0 => Swap(ref random),
            _ => Fact(ref random),
        };
    }

    private static string Day(ref CounterRandom random)
    {
        var rule = new CalendarRule();
        int days = random.NextInt(1, CalendarRule.Days.Length - 1);
        var step = new ProblemStep("", random.NextInt(0, 1) == 0 ? '+' : '-', days);
        Move move = rule.Forward(step, random.NextInt(0, CalendarRule.Days.Length - 1));
        return move.Work + rule.Show(move.Result);
    }

    private static string Swap(ref CounterRandom random)
    {
        var rule = new CupsRule();
        int first = random.NextInt(1, CupsRule.Cups.Length - 1), second = random.NextInt(first + 1, CupsRule.Cups.Length);
        ProblemStep step = random.NextInt(0, 1) == 0 ? rule.Step(first, second) : rule.Step(second, first);
        Move move = rule.Forward(step, random.NextInt(0, 2) switch { 0 => first, 1 => second, _ => random.NextInt(1, CupsRule.Cups.Length) });
        return $"{step.Cue}: {move.Work}{rule.Show(move.Result)}";
    }
}
