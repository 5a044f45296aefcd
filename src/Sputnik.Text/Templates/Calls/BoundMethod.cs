namespace Sputnik.Text.Templates;

/// <summary>A method and the value it belongs to.</summary>
internal sealed class BoundMethod(string name, TemplateValue self, Method method) : ICallable
{
    public string Name => name;

    public TemplateValue Call(TemplateRun run, Arguments arguments) => method(run, self, arguments);
}
