namespace Sputnik.Text.Templates;

/// <summary>What a <see cref="TemplateValue"/> may hold by reference: the closed set of this folder.</summary>
internal interface IPayload;
