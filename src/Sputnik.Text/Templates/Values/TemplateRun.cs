using System.Runtime.CompilerServices;

namespace Sputnik.Text.Templates;

/// <summary>One rendering: its budgets, its clock, and the line it is at.</summary>
internal sealed class TemplateRun(TemplateLimits limits, TimeProvider clock)
{
    // A level of tags or parentheses is a few nested nodes.
    private const int NodesPerLevel = 10;

    private const int CharactersPerStep = 256;

    private int _steps;
    private int _depth;
    private int _calls;

    public TemplateLimits Limits => limits;

    public TimeProvider Clock => clock;

    public int Line { get; set; } = 1;

    public TemplateException Error(string reason) => new(reason, Line);

    public void Step()
    {
        if (++_steps > limits.Steps)
        {
            throw Error($"The template takes more than {limits.Steps} steps.");
        }
    }

    /// <summary>Pays for an operation on a text of this length.</summary>
    public void Charge(int characters) => ChargeItems((characters / CharactersPerStep) + 1);

    /// <summary>Pays for an operation on this many items.</summary>
    public void ChargeItems(int items)
    {
        if (items > limits.Steps - _steps)
        {
            throw Error($"The template takes more than {limits.Steps} steps.");
        }

        _steps += items;
    }

    /// <summary>Enters a node that holds others; <see cref="Leave"/> ends it.</summary>
    public void Enter()
    {
        Step();
        if (++_depth > NodesPerLevel * limits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error($"TemplateRun nests deeper than {NodesPerLevel * limits.Nesting} nodes.");
        }
    }

    public void Leave() => _depth--;

    /// <summary>Enters a macro; <see cref="LeaveCall"/> ends it.</summary>
    public void EnterCall()
    {
        if (++_calls > limits.Nesting)
        {
            throw Error($"Macros call each other deeper than {limits.Nesting}.");
        }
    }

    public void LeaveCall() => _calls--;

    public void CheckItems(long count)
    {
        if (count > limits.Items)
        {
            throw Error($"A list of {count} items is longer than the {limits.Items} allowed.");
        }
    }
}
