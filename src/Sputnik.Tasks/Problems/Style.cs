namespace Sputnik.Tasks;

/// <summary>How a response is worked, from no thinking at all to a check after every step.</summary>
public enum Style
{
    /// <summary>No thinking: the answer alone.</summary>
    Direct,

    /// <summary>Bare equations, one a line.</summary>
    Equations,

    /// <summary>A line a step that quotes the words of the prompt, then the equation, then a conclusion.</summary>
    Steps,

    /// <summary>As <see cref="Steps"/>, with a check after each step and a correction where the check fails.</summary>
    Checked,
}
