namespace Sputnik.Training;

/// <summary>Text that is HTML already. Whatever is not of this type is escaped where it enters a page.</summary>
internal readonly record struct Markup(string Html)
{
    public static Markup Empty { get; } = new("");

    /// <summary>Pieces one after another.</summary>
    public static Markup Join(IEnumerable<Markup> pieces) => new(string.Concat(pieces.Select(p => p.Html)));

    public override string ToString() => Html;
}
