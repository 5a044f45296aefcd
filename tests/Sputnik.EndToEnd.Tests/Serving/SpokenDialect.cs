namespace Sputnik.EndToEnd.Tests;

/// <summary>The four ways to ask for the answer to a conversation.</summary>
public enum SpokenDialect
{
    Chat,
    Responses,
    Messages,
    Ollama,
}
