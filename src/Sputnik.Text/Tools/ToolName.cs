namespace Sputnik.Text.Tools;

/// <summary>What can be a function's name.</summary>
internal static class ToolName
{
    // OpenAI allows 64 letters, digits, underscores and dashes; other servers dots, colons and slashes too.
    private const int Longest = 128;

    public static bool IsRight(string name) =>
        name.Length is > 0 and <= Longest && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/');
}
