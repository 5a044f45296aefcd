namespace Sputnik.EndToEnd.Tests;

/// <summary>What a client of any dialect has read.</summary>
/// <param name="Thinking">Joined.</param>
/// <param name="Content">Joined.</param>
/// <param name="Cut">Whether it was told that the tokens ran out.</param>
/// <param name="PromptTokens">What it was told of the prompt.</param>
internal sealed record SpokenAnswer(string Thinking, string Content, bool Cut, int PromptTokens);
