namespace Sputnik.Text;

/// <summary>A function that the model asks to be called.</summary>
/// <param name="Id">Names the call, so that its result can be told from others'.</param>
/// <param name="Name">The function.</param>
/// <param name="Arguments">Its arguments: the text of a JSON object, as the model wrote it.</param>
public sealed record ToolCall(string Id, string Name, string Arguments);
