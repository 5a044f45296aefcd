namespace Sputnik.Generation;

/// <summary>Whether the model may ask for functions.</summary>
/// <param name="Mode">The rule.</param>
/// <param name="Name">The one function that must be asked for; null = any.</param>
public sealed record ToolChoice(ToolChoiceMode Mode, string? Name = null);
