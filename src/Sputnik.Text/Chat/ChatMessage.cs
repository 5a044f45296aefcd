namespace Sputnik.Text;

/// <summary>One turn of a conversation.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Content">What is said, as plain text. An assistant's may still hold its thinking.</param>
public sealed record ChatMessage(ChatRole Role, string Content);
