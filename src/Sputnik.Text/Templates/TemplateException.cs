namespace Sputnik.Text;

/// <summary>A chat template is malformed, did what its language forbids, went over a budget, or refused its messages.</summary>
public sealed class TemplateException : Exception
{
    internal TemplateException(string reason, int line, int column = 0)
        : base(column > 0 ? $"{reason} (template line {line}, column {column})" : $"{reason} (template line {line})")
    {
        Reason = reason;
        Line = line;
        Column = column;
    }

    private TemplateException(string reason, int line, bool raised)
        : base(reason)
    {
        Reason = reason;
        Line = line;
        IsRaisedByTemplate = raised;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>Line of the template, from 1.</summary>
    public int Line { get; }

    /// <summary>Column of the template, from 1; 0 while rendering, where only the line is known.</summary>
    public int Column { get; }

    /// <summary>The template called raise_exception: <see cref="Exception.Message"/> is its own message, word for word.</summary>
    public bool IsRaisedByTemplate { get; }

    internal static TemplateException Raised(string message, int line) => new(message, line, raised: true);
}
