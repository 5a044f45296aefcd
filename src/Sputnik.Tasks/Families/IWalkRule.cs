using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>What distinguishes one walk from another: its states and how a step moves between them.</summary>
internal interface IWalkRule
{
    /// <summary>The state as text.</summary>
    string Show(int state);

    /// <summary>The step taken from <paramref name="state"/>.</summary>
    Move Forward(ProblemStep step, int state);

    /// <summary>The step undone from <paramref name="state"/>. Leads back exactly when the step was right.</summary>
    Move Back(ProblemStep step, int state);

    /// <summary>A wrong result of the step from <paramref name="state"/> that <see cref="Back"/> finds out.</summary>
    int Slip(ProblemStep step, int state, ref CounterRandom random);
}
