namespace Sputnik.Text.Templates;

/// <summary>Texts made as wide as is asked for.</summary>
internal static class Padding
{
    /// <summary>ljust, rjust, center: of the characters that are missing, how many go to the left is what they differ in.</summary>
    public static TemplateValue Apply(TemplateRun run, TrackedText text, Arguments arguments, Func<int, int, int> left)
    {
        int width = arguments.Int(run, 0, "width", 80);
        TrackedText fill = arguments.Text(run, 1, "fillchar", " ");
        if (Characters.Count(fill.Text) != 1)
        {
            throw run.Error("The argument 'fillchar' takes one character.");
        }

        int missing = Math.Max(0, width - Characters.Count(text.Text));
        int before = left(width, missing);
        TrackedBuilder builder = new(run);
        Repeat(run, builder, fill, before);
        builder.Append(text);
        Repeat(run, builder, fill, missing - before);
        return TemplateValue.Of(builder.ToText());
    }

    /// <summary>zfill: zeros behind the sign.</summary>
    public static TemplateValue Zeros(TemplateRun run, TrackedText text, int width)
    {
        int missing = Math.Max(0, width - Characters.Count(text.Text));
        int sign = text.Text.StartsWith('-') || text.Text.StartsWith('+') ? 1 : 0;
        TrackedBuilder builder = new(run);
        builder.Append(text, 0, sign);
        Repeat(run, builder, TrackedText.Of("0", fromInput: false), missing);
        builder.Append(text, sign, text.Length - sign);
        return TemplateValue.Of(builder.ToText());
    }

    private static void Repeat(TemplateRun run, TrackedBuilder builder, TrackedText fill, int count)
    {
        if (count > run.Limits.TextLength)
        {
            throw run.Error($"A text grows over {run.Limits.TextLength} characters.");
        }

        for (int i = 0; i < count; i++)
        {
            builder.Append(fill);
        }
    }
}
