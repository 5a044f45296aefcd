namespace Sputnik.Text.Templates;

/// <summary>A macro as it is written.</summary>
/// <param name="Name">Its name; "caller" for the block of a call tag.</param>
/// <param name="Parameters">Names and what stands for an argument that is not given.</param>
/// <param name="Body">What it prints.</param>
/// <param name="TakesVarargs">It may be given more in order than it has parameters.</param>
/// <param name="TakesKwargs">It may be given keywords that are no parameters.</param>
internal sealed record MacroText(string Name, (string Name, IExpression? Default)[] Parameters, IStatement Body, bool TakesVarargs, bool TakesKwargs);

/// <summary>A macro and the scope it was written in.</summary>
internal sealed class MacroValue(MacroText text, Scope outer) : ICallable
{
    public string Name => text.Name;

    public TemplateValue Call(TemplateRun run, Arguments arguments)
    {
        run.EnterCall();
        Scope scope = new(run, outer);
        Bind(run, scope, arguments);
        TrackedBuilder output = new(run);
        int line = run.Line;
        text.Body.Execute(scope, output);
        run.Line = line;
        run.LeaveCall();
        return TemplateValue.Of(output.ToText());
    }

    private void Bind(TemplateRun run, Scope scope, Arguments arguments)
    {
        for (int i = 0; i < text.Parameters.Length; i++)
        {
            (string name, IExpression? otherwise) = text.Parameters[i];
            TemplateValue value = arguments.Find(i, name)
                ?? otherwise?.Evaluate(scope)
                ?? TemplateValue.Undefined(new($"The parameter '{name}' of '{Name}' was not given"));
            scope.Set(name, value);
        }

        TemplateValue[] rest = arguments.Positional.Length > text.Parameters.Length ? arguments.Positional[text.Parameters.Length..] : [];
        if (rest.Length > 0 && !text.TakesVarargs)
        {
            throw run.Error($"The macro '{Name}' takes {text.Parameters.Length} arguments, got {arguments.Positional.Length}.");
        }

        scope.Set("varargs", TemplateValue.Of(new ListValue([.. rest], ListForm.Tuple)));
        MapValue keywords = new();
        foreach ((string name, TemplateValue value) in arguments.Named)
        {
            if (name == "caller")
            {
                scope.Set(name, value);
            }
            else if (!text.Parameters.Any(parameter => parameter.Name == name))
            {
                keywords.Set(name, text.TakesKwargs ? value : throw run.Error($"The macro '{Name}' has no parameter '{name}'."));
            }
        }

        scope.Set("kwargs", TemplateValue.Of(keywords));
        if (arguments.Find(int.MaxValue, "caller") is null && !text.Parameters.Any(parameter => parameter.Name == "caller"))
        {
            scope.Set("caller", TemplateValue.Undefined(new("No caller is defined")));
        }
    }
}
