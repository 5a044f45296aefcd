namespace Sputnik.Text.Templates;

/// <summary>A template's text with line ends made \n and, as in Jinja, without the last of them.</summary>
internal sealed class TemplateSource
{
    private readonly List<int> _lines = [0];

    public TemplateSource(string text)
    {
        Text = text.Contains('\r', StringComparison.Ordinal)
            ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : text;
        Text = Text.EndsWith('\n') ? Text[..^1] : Text;
        for (int i = 0; i < Text.Length; i++)
        {
            if (Text[i] == '\n')
            {
                _lines.Add(i + 1);
            }
        }
    }

    public string Text { get; }

    /// <summary>Line of a position, from 1.</summary>
    public int Line(int position)
    {
        int found = _lines.BinarySearch(position);
        return found >= 0 ? found + 1 : ~found;
    }

    public TemplateException Error(string reason, int position)
    {
        int line = Line(position);
        return new(reason, line, position - _lines[line - 1] + 1);
    }
}
