using System.Collections.Immutable;

namespace Sputnik.Tasks;

/// <summary>The families of a run, found by name.</summary>
public sealed class TaskFamilies
{
    /// <summary>All families, the equations' solutions up to <paramref name="greatestX"/>.</summary>
    public TaskFamilies(int greatestX = 12)
    {
        All = [new ChainFamily(), new EquationFamily(greatestX), new CalendarFamily(), new CupsFamily()];
    }

    /// <summary>The families in a fixed order.</summary>
    public ImmutableArray<ITaskFamily> All { get; }

    /// <summary>The family that made a problem.</summary>
    public ITaskFamily Of(Problem problem) => Named(problem.Family);

    /// <summary>The family of a name.</summary>
    public ITaskFamily Named(string name) =>
        All.FirstOrDefault(family => family.Name == name)
        ?? throw new ArgumentException($"There is no family '{name}'; there are {string.Join(", ", All.Select(family => family.Name))}.", nameof(name));
}
