namespace Sputnik.Text;

/// <summary>What a template may spend. Beyond any of these it ends with a <see cref="TemplateException"/>.</summary>
public sealed record TemplateLimits
{
    /// <summary>Nodes evaluated, plus one per item of a list and per 256 characters of a text that an operation touches.</summary>
    public int Steps { get; init; } = 500_000;

    /// <summary>Characters of the output, and of any text on the way. 4 Mi.</summary>
    public int TextLength { get; init; } = 4 << 20;

    /// <summary>Items of one list or range. The default is that of Jinja's sandbox.</summary>
    public int Items { get; init; } = 100_000;

    /// <summary>How deep tags, parentheses, macro calls and values may nest.</summary>
    public int Nesting { get; init; } = 100;

    /// <summary>Characters of the template. The longest of the known chat templates has 17 thousand.</summary>
    public int SourceLength { get; init; } = 1 << 20;

    /// <summary>This record, if every limit can be kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the nesting would not fit a thread's stack.</exception>
    public TemplateLimits Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TextLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Items);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SourceLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Nesting);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Nesting, 200);
        return this;
    }
}
