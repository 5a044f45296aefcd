namespace Sputnik.Text.Templates;

/// <summary>The operators of an arithmetic chain.</summary>
internal enum ArithmeticOperator : byte
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}

/// <summary>Python's arithmetic on numbers, and + and * on texts and lists. Integers have 64 bits: beyond them it is an error.</summary>
internal static class Arithmetic
{
    public static TemplateValue Apply(TemplateRun run, ArithmeticOperator op, TemplateValue a, TemplateValue b)
    {
        if (a.IsNumber && b.IsNumber)
        {
            bool floats = a.Kind == ValueKind.Float || b.Kind == ValueKind.Float || op == ArithmeticOperator.Divide;
            TemplateValue result = floats ? Floats(run, op, a.Float, b.Float) : Integers(run, op, a.Int, b.Int);
            return result.From(a.FromInput || b.FromInput);
        }

        if (op == ArithmeticOperator.Add && a.Kind == ValueKind.Text && b.Kind == ValueKind.Text)
        {
            return TemplateValue.Of(a.Text.IsMarkup || b.Text.IsMarkup ? Markup.Join(run, a.Text, b.Text) : Join(run, a.Text, b.Text));
        }

        if (op == ArithmeticOperator.Add && a.Kind == ValueKind.List && b.Kind == ValueKind.List && a.List.Form == b.List.Form)
        {
            return Concatenate(run, a, b);
        }

        if (op == ArithmeticOperator.Multiply && (a.IsInteger || b.IsInteger))
        {
            (TemplateValue repeated, TemplateValue times) = a.IsInteger ? (b, a) : (a, b);
            return Repeat(run, repeated, times);
        }

        return op == ArithmeticOperator.Modulo && a.Kind == ValueKind.Text
            ? TemplateValue.Of(PercentFormat.Apply(run, a.Text, b))
            : throw Mismatch(run, op, a, b);
    }

    public static TemplateValue Negate(TemplateRun run, TemplateValue value) => value.Kind switch
    {
        ValueKind.Float => TemplateValue.Of(-value.Float).From(value.FromInput),
        ValueKind.Bool or ValueKind.Int => TemplateValue.Of(Fit(run, -(Int128)value.Int)).From(value.FromInput),
        _ => throw Mismatch(run, ArithmeticOperator.Subtract, value, value),
    };

    public static TrackedText Join(TemplateRun run, TrackedText a, TrackedText b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length == 0 ? b : a;
        }

        if (a.Toggles.Length == 0 && b.Toggles.Length == 0 && a.Length + (long)b.Length <= run.Limits.TextLength)
        {
            run.Charge(a.Length + b.Length);
            return new(a.Text + b.Text, []);
        }

        TrackedBuilder builder = new(run);
        builder.Append(a);
        builder.Append(b);
        return builder.ToText();
    }

    private static TemplateException Mismatch(TemplateRun run, ArithmeticOperator op, TemplateValue a, TemplateValue b)
    {
        string why = a.Kind == ValueKind.Undefined ? $": {a.Missing}" : b.Kind == ValueKind.Undefined ? $": {b.Missing}" : "";
        return run.Error($"{op} does not take a {PythonText.TypeName(a)} and a {PythonText.TypeName(b)}{why}.");
    }

    private static TemplateValue Concatenate(TemplateRun run, TemplateValue a, TemplateValue b)
    {
        run.CheckItems((long)a.List.Count + b.List.Count);
        run.ChargeItems(a.List.Count + b.List.Count);
        return TemplateValue.Of(new ListValue([.. a.List.Items, .. b.List.Items], a.List.Form), a.FromInput || b.FromInput);
    }

    private static TemplateValue Repeat(TemplateRun run, TemplateValue value, TemplateValue times)
    {
        long count = Math.Max(0, times.Int);
        if (value.Kind == ValueKind.Text)
        {
            if (value.Text.Length > 0 && count > run.Limits.TextLength / value.Text.Length)
            {
                throw run.Error($"A text grows over {run.Limits.TextLength} characters.");
            }

            TrackedBuilder builder = new(run);
            for (long i = 0; i < count && value.Text.Length > 0; i++)
            {
                builder.Append(value.Text);
            }

            return TemplateValue.Of(builder.ToText());
        }

        if (value.Kind != ValueKind.List || value.List.Form is not (ListForm.List or ListForm.Tuple))
        {
            throw Mismatch(run, ArithmeticOperator.Multiply, value, times);
        }

        ListValue list = value.List;
        run.CheckItems(list.Count == 0 ? 0 : count > run.Limits.Items ? count : count * list.Count);
        run.ChargeItems(list.Count == 0 ? 0 : (int)count * list.Count);
        List<TemplateValue> items = [];
        for (long i = 0; i < count && list.Count > 0; i++)
        {
            items.AddRange(list.Items);
        }

        return TemplateValue.Of(new ListValue(items, list.Form), value.FromInput);
    }

    private static TemplateValue Integers(TemplateRun run, ArithmeticOperator op, long a, long b)
    {
        if (op is ArithmeticOperator.FloorDivide or ArithmeticOperator.Modulo)
        {
            return TemplateValue.Of(DivideIntegers(run, op, a, b));
        }

        if (op == ArithmeticOperator.Power)
        {
            return b < 0 ? Floats(run, op, a, b) : TemplateValue.Of(Power(run, a, b));
        }

        Int128 exact = op switch
        {
            ArithmeticOperator.Add => (Int128)a + b,
            ArithmeticOperator.Subtract => (Int128)a - b,
            _ => (Int128)a * b,
        };
        return TemplateValue.Of(Fit(run, exact));
    }

    private static long DivideIntegers(TemplateRun run, ArithmeticOperator op, long a, long b)
    {
        if (b == 0)
        {
            throw run.Error("Division by zero.");
        }

        Int128 quotient = (Int128)a / b;
        Int128 rest = a - (quotient * b);
        bool down = rest != 0 && (rest < 0) != (b < 0);
        return op == ArithmeticOperator.Modulo ? (long)(down ? rest + b : rest) : Fit(run, down ? quotient - 1 : quotient);
    }

    private static long Power(TemplateRun run, long a, long b)
    {
        if (a is 0 or 1 or -1)
        {
            return b == 0 ? 1 : a == -1 && b % 2 == 0 ? 1 : a;
        }

        Int128 power = 1;
        for (long i = 0; i < b; i++)
        {
            power = Fit(run, power * a);
        }

        return (long)power;
    }

    private static long Fit(TemplateRun run, Int128 value) => value >= long.MinValue && value <= long.MaxValue
        ? (long)value
        : throw run.Error("An integer grows over 64 bits.");

    private static TemplateValue Floats(TemplateRun run, ArithmeticOperator op, double a, double b)
    {
        if (b == 0 && op is ArithmeticOperator.Divide or ArithmeticOperator.FloorDivide or ArithmeticOperator.Modulo && b == 0)
        {
            throw run.Error("Division by zero.");
        }

        return TemplateValue.Of(op switch
        {
            ArithmeticOperator.Add => a + b,
            ArithmeticOperator.Subtract => a - b,
            ArithmeticOperator.Multiply => a * b,
            ArithmeticOperator.Divide => a / b,
            ArithmeticOperator.FloorDivide => Math.Floor(a / b),
            ArithmeticOperator.Modulo => a - (b * Math.Floor(a / b)),
            _ => Math.Pow(a, b),
        });
    }
}
