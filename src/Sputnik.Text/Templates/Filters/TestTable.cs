using System.Collections.Frozen;

namespace Sputnik.Text.Templates;

/// <summary>The tests: what stands behind is.</summary>
internal static class TestTable
{
    public static FrozenDictionary<string, Func<TemplateRun, TemplateValue, Arguments, bool>> All { get; } =
        new Dictionary<string, Func<TemplateRun, TemplateValue, Arguments, bool>>
        {
            ["defined"] = (_, value, _) => value.Kind != ValueKind.Undefined,
            ["undefined"] = (_, value, _) => value.Kind == ValueKind.Undefined,
            ["none"] = (_, value, _) => value.Kind == ValueKind.None,
            ["string"] = (_, value, _) => value.Kind == ValueKind.Text,
            ["number"] = (_, value, _) => value.IsNumber,
            ["integer"] = (_, value, _) => value.Kind == ValueKind.Int,
            ["float"] = (_, value, _) => value.Kind == ValueKind.Float,
            ["boolean"] = (_, value, _) => value.Kind == ValueKind.Bool,
            ["true"] = (_, value, _) => value.Kind == ValueKind.Bool && value.Bool,
            ["false"] = (_, value, _) => value.Kind == ValueKind.Bool && !value.Bool,
            ["mapping"] = (_, value, _) => value.Kind == ValueKind.Map,
            ["sequence"] = (_, value, _) => value.Kind is ValueKind.Text or ValueKind.Map or ValueKind.Undefined ||
                (value.Kind == ValueKind.List && value.List.Form is not (ListForm.Generator or ListForm.View)),
            ["iterable"] = (_, value, _) => Sequence.IsIterable(value),
            ["callable"] = (_, value, _) => value.Kind is ValueKind.Callable or ValueKind.Loop or ValueKind.Undefined,
            ["sameas"] = (run, value, a) => Identical(run, value, a.Need(run, 0, "other")),
            ["escaped"] = (_, _, _) => false,
            ["lower"] = (run, value, _) => Cased(run, value, char.IsLower, char.IsUpper),
            ["upper"] = (run, value, _) => Cased(run, value, char.IsUpper, char.IsLower),
            ["odd"] = (run, value, _) => Integer(run, value) % 2 != 0,
            ["even"] = (run, value, _) => Integer(run, value) % 2 == 0,
            ["divisibleby"] = (run, value, a) => Remainder(run, Integer(run, value), Integer(run, a.Need(run, 0, "num"))) == 0,
            ["filter"] = (run, value, _) => value.Kind == ValueKind.Text && FilterTable.All.ContainsKey(value.Text.Text),
            ["test"] = (run, value, _) => value.Kind == ValueKind.Text && Exists(value.Text.Text),
            ["in"] = Compares(Comparison.In),
            ["eq"] = Compares(Comparison.Equal),
            ["=="] = Compares(Comparison.Equal),
            ["equalto"] = Compares(Comparison.Equal),
            ["ne"] = Compares(Comparison.NotEqual),
            ["!="] = Compares(Comparison.NotEqual),
            ["lt"] = Compares(Comparison.Less),
            ["<"] = Compares(Comparison.Less),
            ["lessthan"] = Compares(Comparison.Less),
            ["le"] = Compares(Comparison.LessOrEqual),
            ["<="] = Compares(Comparison.LessOrEqual),
            ["gt"] = Compares(Comparison.Greater),
            [">"] = Compares(Comparison.Greater),
            ["greaterthan"] = Compares(Comparison.Greater),
            ["ge"] = Compares(Comparison.GreaterOrEqual),
            [">="] = Compares(Comparison.GreaterOrEqual),
        }.ToFrozenDictionary();

    /// <summary>The test of that name, which may itself be an argument.</summary>
    public static Func<TemplateRun, TemplateValue, Arguments, bool> Named(TemplateRun run, string name) =>
        All.GetValueOrDefault(name) ?? throw run.Error($"There is no test '{name}'.");

    private static bool Exists(string name) => All.ContainsKey(name);

    private static Func<TemplateRun, TemplateValue, Arguments, bool> Compares(Comparison comparison) =>
        (run, value, arguments) => CompareNode.Holds(run, comparison, value, arguments.Need(run, 0, "other"));

    private static bool Identical(TemplateRun run, TemplateValue a, TemplateValue b) => a.Kind == b.Kind && a.Kind switch
    {
        ValueKind.List => ReferenceEquals(a.List, b.List),
        ValueKind.Map => ReferenceEquals(a.Map, b.Map),
        _ => Order.Same(run, a, b),
    };

    private static bool Cased(TemplateRun run, TemplateValue value, Func<char, bool> wanted, Func<char, bool> unwanted)
    {
        string text = PythonText.Of(run, value).Text;
        run.Charge(text.Length);
        return text.Any(wanted) && !text.Any(unwanted);
    }

    private static long Integer(TemplateRun run, TemplateValue value) =>
        value.IsInteger ? value.Int : throw run.Error($"The test takes an integer, got {PythonText.TypeName(value)}.");

    private static long Remainder(TemplateRun run, long a, long b) => b switch
    {
        0 => throw run.Error("Division by zero."),
        -1 => 0,
        _ => a % b,
    };
}
