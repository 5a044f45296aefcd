using System.Collections.Immutable;
using System.Globalization;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>Seven days in a ring.</summary>
internal sealed class CalendarRule : IWalkRule
{
    public static ImmutableArray<string> Days { get; } = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public string Show(int state) => Days[state];

    public Move Forward(ProblemStep step, int state) => Go(state, step.Operation == '+' ? step.First : -step.First);

    public Move Back(ProblemStep step, int state) => Go(state, step.Operation == '+' ? -step.First : step.First);

    public int Slip(ProblemStep step, int state, ref CounterRandom random) =>
        (Forward(step, state).Result + random.NextInt(1, Days.Length - 1)) % Days.Length;

    private static Move Go(int state, int days)
    {
        string offset = days.ToString("+0;-0", CultureInfo.InvariantCulture);
        return new Move($"{Days[state]}{offset}=", (state + days + Days.Length) % Days.Length);
    }
}
