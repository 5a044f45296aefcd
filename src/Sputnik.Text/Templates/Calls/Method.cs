namespace Sputnik.Text.Templates;

/// <summary>A method or a filter: what it is applied to and its arguments.</summary>
internal delegate TemplateValue Method(TemplateRun run, TemplateValue self, Arguments arguments);
