using System.Globalization;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>A count that grows, shrinks and doubles.</summary>
internal sealed class ChainRule : IWalkRule
{
    public string Show(int state) => state.ToString(CultureInfo.InvariantCulture);

    public Move Forward(ProblemStep step, int state) => step.Operation switch
    {
        '+' => new($"{Show(state)}+{Show(step.First)}=", state + step.First),
        '-' => new($"{Show(state)}-{Show(step.First)}=", state - step.First),
        _ => new($"{Show(state)}*2=", state * 2),
    };

    public Move Back(ProblemStep step, int state) => step.Operation switch
    {
        '+' => new($"{Show(state)}-{Show(step.First)}=", state - step.First),
        '-' => new($"{Show(state)}+{Show(step.First)}=", state + step.First),
        _ => new($"{Show(state)}/2=", state / 2),
    };

    /// <summary>Off by one or two upwards or downwards; a doubling stays even, since half of an odd number would hide it.</summary>
    public int Slip(ProblemStep step, int state, ref CounterRandom random)
    {
        int right = Forward(step, state).Result;
        int least = step.Operation == '+' ? step.First : 0;
        int error = step.Operation == '*' ? 2 : random.NextInt(1, 2);
        bool upwards = right - error < least || random.NextInt(0, 1) == 0;
        return upwards ? right + error : right - error;
    }
}
