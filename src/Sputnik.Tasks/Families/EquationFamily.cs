using System.Globalization;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>
/// Linear equations with an integer solution x ≥ 2. Difficulty 1: a·x+b=c, 2: a·x-b=c, 3: a·x+b=d·x+c, 4 (hard): as 3
/// with b beyond the trained range. The numbers of a problem are a, b, d, c, where difficulty 2 has a negative b and
/// only 3 and 4 have a d.
/// </summary>
public sealed class EquationFamily : ITaskFamily
{
    private const int GreatestFactor = 9;
    private const int GreatestAddend = 9;
    private const int GreatestHardAddend = 20;
    private readonly int _greatestX;

    /// <summary>Solutions lie in 2..<paramref name="greatestX"/>: the larger, the more problems and the more facts to learn.</summary>
    public EquationFamily(int greatestX = 12)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(greatestX, 3);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(greatestX, 99);
        _greatestX = greatestX;
    }

    /// <inheritdoc/>
    public string Name => "equation";

    /// <inheritdoc/>
    public int LeastDifficulty => 1;

    /// <inheritdoc/>
    public int GreatestDifficulty => 3;

    /// <inheritdoc/>
    public int HardDifficulty => 4;

    /// <inheritdoc/>
    public Problem Create(CounterRandom random, int difficulty)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(difficulty, LeastDifficulty);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(difficulty, HardDifficulty);
        int x = random.NextInt(2, _greatestX);
        int slope = random.NextInt(2, 6);
        int other = difficulty >= 3 ? random.NextInt(1, GreatestFactor - slope) : 0;
        int addend = difficulty switch
        {
            2 => -random.NextInt(1, Math.Min(GreatestAddend, (slope * x) - 1)),
            4 => random.NextInt(GreatestAddend + 1, GreatestHardAddend),
            _ => random.NextInt(1, GreatestAddend),
        };
        var equation = new Equation(slope + other, addend, other, (slope * x) + addend);
        return new Problem
        {
            Family = Name,
            Difficulty = difficulty,
            Prompt = $"Solve {equation} for x.",
            Answer = x.ToString(CultureInfo.InvariantCulture),
            Skeleton = equation.ToString(),
            Numbers = [equation.A, equation.B, equation.D, equation.C],
        };
    }

    /// <inheritdoc/>
    public string Work(Problem problem, Style style, WorkOptions options, ref CounterRandom random)
    {
        var pen = new Pen(options, ref random);
        var equation = new Equation(problem.Numbers[0], problem.Numbers[1], problem.Numbers[2], problem.Numbers[3]);
        if (style == Style.Direct)
        {
            return pen.Finish(problem.Answer);
        }

        // A wrong right-hand side stays a multiple of the slope, so that the division still comes out; two slips could cancel.
        int slope = equation.Slope;
        int right = equation.C - equation.B;
        int claimedRight = right + (pen.Slips() ? Error(ref pen.Random, slope, right) : 0);
        int x = claimedRight / slope;
        bool slipsAgain = claimedRight == right && pen.Slips();
        int claimedX = x + (slipsAgain ? Error(ref pen.Random, 1, x) : 0);
        if (style == Style.Equations)
        {
            WriteBare(equation, claimedRight, claimedX, pen);
            return pen.Finish(Text(claimedX));
        }

        if (equation.D > 0)
        {
            pen.Line($"{pen.Say(Word.First)} {equation.A}*x-{equation.D}*x={slope}*x");
        }

        pen.Line($"{slope}*x={equation.Subtraction}={claimedRight}");
        pen.Line($"{pen.Say(Word.So)} x={claimedRight}/{slope}={claimedX}");
        return pen.Finish(Text(style == Style.Checked ? Checked(equation, claimedRight, claimedX, pen) : claimedX));
    }

    /// <inheritdoc/>
    public Verdict Verify(Problem problem, string answer) => IntegerAnswer.Verify(problem.Answer, answer);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>One unit up or down, never to zero.</summary>
    private static int Error(ref CounterRandom random, int unit, int value) =>
        value <= unit || random.NextInt(0, 1) == 0 ? unit : -unit;

    private static void WriteBare(Equation equation, int right, int x, Pen pen)
    {
        if (equation.D > 0)
        {
            pen.Line($"{equation.A}-{equation.D}={equation.Slope}");
        }

        pen.Line($"{equation.Subtraction}={right}");
        pen.Line($"{right}/{equation.Slope}={x}");
    }

    /// <summary>Puts x into both sides; where they differ, writes the lines that were wrong anew.</summary>
    private static int Checked(Equation equation, int claimedRight, int claimedX, Pen pen)
    {
        int right = equation.C - equation.B;
        int x = right / equation.Slope;
        pen.Line($"{pen.Say(Word.Check)} {equation.Substitute(claimedX)} {pen.Say(claimedX == x ? Word.Ok : Word.No)}");
        if (claimedX == x)
        {
            return x;
        }

        if (claimedRight != right)
        {
            pen.Line($"{pen.Say(Word.Wait)} {equation.Slope}*x={equation.Subtraction}={right}");
            pen.Line($"{pen.Say(Word.So)} x={right}/{equation.Slope}={x}");
        }
        else
        {
            pen.Line($"{pen.Say(Word.Wait)} x={right}/{equation.Slope}={x}");
        }

        return x;
    }
}
