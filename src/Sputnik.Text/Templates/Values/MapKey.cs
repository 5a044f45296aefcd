namespace Sputnik.Text.Templates;

/// <summary>A key of a dict: equal as in Python, where 1, True and 1.0 are one key.</summary>
internal readonly record struct MapKey(ValueKind Kind, long Bits, string Text)
{
    public static MapKey Of(string text) => new(ValueKind.Text, 0, text);

    public static MapKey Of(TemplateRun run, TemplateValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.Text:
                return Of(value.Text.Text);
            case ValueKind.None:
                return new(ValueKind.None, 0, "");
            case ValueKind.Bool or ValueKind.Int:
                return new(ValueKind.Int, value.Int, "");
            case ValueKind.Float:
                double number = value.Float;
                return Math.Floor(number) == number && Math.Abs(number) < 1L << 62
                    ? new(ValueKind.Int, (long)number, "")
                    : new(ValueKind.Float, BitConverter.DoubleToInt64Bits(number), "");
            default:
                throw run.Error($"A {PythonText.TypeName(value)} cannot be a key of a dict.");
        }
    }
}
