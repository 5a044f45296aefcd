namespace Sputnik.Text.Templates;

/// <summary>What a call, a filter or a test is given.</summary>
/// <param name="Positional">In order.</param>
/// <param name="Named">By keyword, in order.</param>
internal readonly record struct Arguments(TemplateValue[] Positional, (string Name, TemplateValue Value)[] Named)
{
    public static Arguments None { get; } = new([], []);

    public int Count => Positional.Length + Named.Length;

    /// <summary>The argument at a place or with a name; null where it was not given.</summary>
    public TemplateValue? Find(int index, string name)
    {
        if (index < Positional.Length)
        {
            return Positional[index];
        }

        foreach ((string given, TemplateValue value) in Named)
        {
            if (given == name)
            {
                return value;
            }
        }

        return null;
    }

    public TemplateValue Need(TemplateRun run, int index, string name) =>
        Find(index, name) ?? throw run.Error($"The argument '{name}' is missing.");

    public TrackedText Text(TemplateRun run, int index, string name, string otherwise)
    {
        TemplateValue? given = Find(index, name);
        return given is null ? TrackedText.Of(otherwise, fromInput: false) : AsText(run, given.Value, name);
    }

    public TrackedText NeedText(TemplateRun run, int index, string name) => AsText(run, Need(run, index, name), name);

    public int Int(TemplateRun run, int index, string name, int otherwise)
    {
        TemplateValue given = Find(index, name) ?? TemplateValue.Of((long)otherwise);
        return given.IsInteger && given.Int is >= int.MinValue and <= int.MaxValue
            ? (int)given.Int
            : throw run.Error($"The argument '{name}' takes an integer of 32 bits, got {PythonText.TypeName(given)}.");
    }

    public bool Bool(int index, string name, bool otherwise)
    {
        TemplateValue? given = Find(index, name);
        return given is null ? otherwise : Truth.Of(given.Value);
    }

    /// <summary>Everything but the first positional argument.</summary>
    public Arguments Tail() => this with { Positional = Positional[1..] };

    private static TrackedText AsText(TemplateRun run, TemplateValue value, string name) => value.Kind == ValueKind.Text
        ? value.Text
        : throw run.Error($"The argument '{name}' takes a string, got {PythonText.TypeName(value)}.");
}
