namespace Sputnik.Text.Templates;

/// <summary>A part of a template that has a value.</summary>
internal interface IExpression
{
    TemplateValue Evaluate(Scope scope);
}
