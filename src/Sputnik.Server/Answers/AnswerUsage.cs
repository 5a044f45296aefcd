namespace Sputnik.Server;

/// <summary>What a request cost.</summary>
/// <param name="Prompt">Tokens of the prompt.</param>
/// <param name="Cached">Those of them found in the cache.</param>
/// <param name="Completion">Tokens drawn, thinking included.</param>
/// <param name="Reasoning">Tokens of thinking.</param>
internal readonly record struct AnswerUsage(int Prompt, int Cached, int Completion, int Reasoning);
