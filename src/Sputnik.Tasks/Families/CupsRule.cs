using System.Collections.Immutable;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>
/// A ball under one of a row of cups that change places in pairs. Cups are numbered from 1 and named by letters, which
/// keep them apart from the digits of the other families.
/// </summary>
internal sealed class CupsRule : IWalkRule
{
    public static ImmutableArray<string> Cups { get; } = ["A", "B", "C", "D", "E", "F"];

    public string Show(int state) => Cups[state - 1];

    public Move Forward(ProblemStep step, int state) => new($"{Show(state)} to ", Swap(step, state));

    public Move Back(ProblemStep step, int state) => Forward(step, state);

    public int Slip(ProblemStep step, int state, ref CounterRandom random)
    {
        // Most often the swap is overlooked or imagined; else any other cup.
        int right = Swap(step, state);
        int other = right != state ? state : random.NextInt(0, 1) == 0 ? step.First : step.Second;
        int any = random.NextInt(1, Cups.Length - 1);
        return random.NextInt(0, 3) > 0 ? other : any >= right ? any + 1 : any;
    }

    /// <summary>The step that swaps two cups.</summary>
    public ProblemStep Step(int first, int second) => new($"swap {Show(first)} and {Show(second)}", '<', first, second);

    private static int Swap(ProblemStep step, int state) =>
        state == step.First ? step.Second : state == step.Second ? step.First : state;
}
