namespace Sputnik.Text.Templates;

/// <summary>What a template can call: its macros, the functions of the language, methods bound to their value.</summary>
internal interface ICallable : IPayload
{
    string Name { get; }

    TemplateValue Call(TemplateRun run, Arguments arguments);
}
