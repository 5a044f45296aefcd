namespace Sputnik.Training;

/// <summary>A table that scrolls sideways where it has no room.</summary>
/// <param name="headers">Names of the columns; the first column is text, the others are numbers.</param>
internal sealed class HtmlTable(params IReadOnlyList<string> headers)
{
    private readonly List<Markup> _rows = [];

    /// <summary>Appends a row; a row of totals stands out.</summary>
    public void Add(IReadOnlyList<string> cells, bool total = false) => Add([.. cells.Select(c => Html.Of($"{c}"))], total);

    /// <summary>Appends a row of cells that are HTML already.</summary>
    public void Add(IReadOnlyList<Markup> cells, bool total = false)
    {
        Markup row = Markup.Join(cells.Select(c => Html.Of($"<td>{c}</td>")));
        _rows.Add(total ? Html.Of($"<tr class=\"total\">{row}</tr>\n") : Html.Of($"<tr>{row}</tr>\n"));
    }

    /// <summary>The table; nothing where it has no rows.</summary>
    public Markup Render() => _rows.Count == 0
        ? Markup.Empty
        : Html.Of($"<div class=\"wide\"><table><thead><tr>{Markup.Join(headers.Select(h => Html.Of($"<th>{h}</th>")))}</tr></thead><tbody>\n{Markup.Join(_rows)}</tbody></table></div>\n");
}
