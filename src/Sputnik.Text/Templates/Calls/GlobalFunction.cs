namespace Sputnik.Text.Templates;

/// <summary>A function of the language.</summary>
internal sealed class GlobalFunction(string name, Func<TemplateRun, Arguments, TemplateValue> function) : ICallable
{
    public string Name => name;

    public TemplateValue Call(TemplateRun run, Arguments arguments) => function(run, arguments);
}
