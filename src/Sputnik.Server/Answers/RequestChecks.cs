using System.Text;
using System.Text.Json;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>The limits of <see cref="ServerOptions"/> on what a request asks for, the same in every dialect.</summary>
internal sealed class RequestChecks(ServerOptions limits)
{
    public int Choices(string param, int? count) => Count(param, count ?? 1, 1, limits.Choices);

    /// <summary>Tokens of an answer; null = as many as the context holds.</summary>
    public static int? MaxTokens(string param, int? count) => count is < 1
        ? throw ApiException.Invalid(param, $"{param} must be from 1, got {count}.")
        : count;

    public int? TopLogProbs(string param, int? count) => count is int value ? Count(param, value, 0, limits.TopLogProbs) : null;

    public IReadOnlyList<string> Stop(string param, IReadOnlyList<string>? strings)
    {
        Count(param, strings?.Count ?? 0, 0, limits.StopStrings);
        foreach (string stop in strings ?? [])
        {
            if (stop.Length == 0 || stop.Length > limits.StopCharacters)
            {
                throw ApiException.Invalid(param, $"A stop string has 1 to {limits.StopCharacters} characters, got {stop.Length}.");
            }
        }

        return strings ?? [];
    }

    /// <summary>A count of things in a request.</summary>
    public static int Count(string param, int count, int least, int most) => count >= least && count <= most
        ? count
        : throw ApiException.Invalid(param, $"{param} must be from {least} to {most}, got {count}.");

    /// <summary>A list of a request, empty where it is left out; null items, which JSON allows everywhere, are refused.</summary>
    public static IReadOnlyList<T> Items<T>(string param, IReadOnlyList<T>? items)
        where T : class
    {
        for (int i = 0; i < items?.Count; i++)
        {
            if (items[i] is null)
            {
                throw ApiException.Invalid($"{param}[{i}]", $"{param}[{i}] must not be null.");
            }
        }

        return items ?? [];
    }

    public void Messages(string param, int count)
    {
        if (count == 0)
        {
            throw ApiException.Invalid(param, $"{param} must have one message at least.");
        }

        Count(param, count, 1, limits.Messages);
    }

    public void Parts(string param, int count) => Count(param, count, 0, limits.ContentParts);

    public void Tools(string param, int count) => Count(param, count, 0, limits.Tools);

    /// <summary>A JSON Schema as text, small and flat enough to be compiled.</summary>
    public string Schema(string param, JsonElement schema)
    {
        string text = schema.GetRawText();
        Characters(param, text, limits.SchemaCharacters);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        while (reader.Read())
        {
            if (reader.CurrentDepth > limits.SchemaDepth)
            {
                throw ApiException.Invalid(param, $"A schema may have {limits.SchemaDepth} levels; {param} has more.");
            }
        }

        return text;
    }

    public AnswerFormat Grammar(string param, string text) => new(AnswerFormatKind.Grammar, Characters(param, text, limits.SchemaCharacters));

    public AnswerFormat Regex(string param, string text) => new(AnswerFormatKind.Regex, Characters(param, text, limits.RegexCharacters));

    private static string Characters(string param, string text, int most) => text.Length <= most
        ? text
        : throw ApiException.Invalid(param, $"{param} may have {most} characters, got {text.Length}.");
}
