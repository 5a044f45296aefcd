namespace Sputnik.Text.Templates;

/// <summary>A function of the language.</summary>
internal sealed class GlobalFunction(string name, Func<Evaluation, Arguments, TemplateValue> function) : ICallable
{
    public string Name => name;

    public TemplateValue Call(Evaluation run, Arguments arguments) => function(run, arguments);
}
