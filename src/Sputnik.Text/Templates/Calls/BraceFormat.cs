using System.Globalization;

namespace Sputnik.Text.Templates;

/// <summary>Python's <c>'{} {0} {name}'.format(…)</c> without attributes, conversions and format specifications.</summary>
internal static class BraceFormat
{
    public static TrackedText Apply(TemplateRun run, TrackedText format, Arguments arguments)
    {
        TrackedBuilder output = new(run);
        string text = format.Text;
        int next = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}'))
            {
                output.Append(format, i, 1);
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == text[i])
            {
                output.Append(format, i++, 1);
                continue;
            }

            int close = text[i] == '{' ? text.IndexOf('}', i) : -1;
            if (close < 0)
            {
                throw run.Error("A brace of the format has no partner.");
            }

            PythonText.Append(run, Field(run, text[(i + 1)..close], arguments, ref next), output);
            i = close;
        }

        return output.ToText();
    }

    private static TemplateValue Field(TemplateRun run, string name, Arguments arguments, ref int next)
    {
        int index = name.Length == 0 ? next++
            : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given
            : int.MaxValue;
        return index == int.MaxValue && name.AsSpan().IndexOfAny(".[:!") >= 0
            ? throw run.Error($"The field '{{{name}}}' of a format is not supported: a field is empty, a number or a name.")
            : arguments.Find(index, index == int.MaxValue ? name : "") ?? throw run.Error($"The format has no value for '{{{name}}}'.");
    }
}
