using System.Globalization;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>A ball under one of a row of cups that change places in pairs.</summary>
internal sealed class CupsRule : IWalkRule
{
    public const int Cups = 6;

    public string Show(int state) => state.ToString(CultureInfo.InvariantCulture);

    public Move Forward(ProblemStep step, int state) => new($"{Show(state)}>", Swap(step, state));

    public Move Back(ProblemStep step, int state) => Forward(step, state);

    public int Slip(ProblemStep step, int state, ref CounterRandom random)
    {
        // Most often the swap is overlooked or imagined; else any other cup.
        int right = Swap(step, state);
        int other = right != state ? state : random.NextInt(0, 1) == 0 ? step.First : step.Second;
        int any = random.NextInt(1, Cups - 1);
        return random.NextInt(0, 3) > 0 ? other : any >= right ? any + 1 : any;
    }

    private static int Swap(ProblemStep step, int state) =>
        state == step.First ? step.Second : state == step.Second ? step.First : state;
}
