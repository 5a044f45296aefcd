using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sputnik.Cli;

/// <summary>How things look at the terminal: one accent, dimmed labels, tables without boxes. Text is never read as markup.</summary>
internal static class Look
{
    public static readonly Style Accent = new(Color.DodgerBlue1);
    public static readonly Style Strong = new(decoration: Decoration.Bold);
    public static readonly Style Dim = new(decoration: Decoration.Dim);
    public static readonly Style Warning = new(Color.DarkOrange);

    public static Spectre.Console.Text Say(string text, Style? style = null) => new(text, style ?? Style.Plain);

    /// <summary>Words beside each other, each in its style, on one line: what has no room is cut.</summary>
    public static Paragraph Line(int width, params ReadOnlySpan<(string Text, Style Style)> words)
    {
        Paragraph line = new();
        int left = width;
        foreach ((string text, Style style) in words)
        {
            line.Append(Cut(text, left), style);
            left = Math.Max(0, left - text.Length);
        }

        return line;
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : width > 0 ? text[..(width - 1)] + "…" : "";

    /// <summary>A table whose first column is text and whose others are numbers.</summary>
    public static Table Numbers(params ReadOnlySpan<string> headers)
    {
        Table table = new Table().Border(TableBorder.Simple).BorderStyle(Dim);
        for (int i = 0; i < headers.Length; i++)
        {
            TableColumn column = new TableColumn(Say(headers[i], Dim)).NoWrap();
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }

        return table;
    }

    public static void Row(this Table table, params ReadOnlySpan<string> cells)
    {
        IRenderable[] row = new IRenderable[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            row[i] = Say(cells[i]);
        }

        table.AddRow(row);
    }
}
