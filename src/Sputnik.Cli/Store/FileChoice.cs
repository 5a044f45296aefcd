using System.IO.Enumeration;

namespace Sputnik.Cli;

/// <summary>Which files of a repository make the model that was asked for.</summary>
internal static class FileChoice
{
    // What transformers and llama.cpp's converter read beside the weights.
    private static readonly string[] Companions =
    [
        "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "tokenizer.model", "vocab.json", "merges.txt",
        "special_tokens_map.json", "added_tokens.json", "chat_template.jinja", "chat_template.json",
    ];

    public static bool IsGguf(string path) => path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// With a pattern what it matches, split sets whole; without one the configuration, the tokenizer and the safetensors of
    /// the top folder.
    /// </summary>
    /// <param name="repository">For the messages.</param>
    /// <param name="paths">All files of the repository.</param>
    /// <param name="pattern">A path, a file name, a pattern with * and ?, or a word of a GGUF file's name such as Q4_K_M.</param>
    /// <exception cref="ArgumentException">Nothing fits; the message lists what there is.</exception>
    public static IReadOnlyList<string> Choose(string repository, IReadOnlyList<string> paths, string? pattern)
    {
        if (pattern is not null)
        {
            IReadOnlyList<string> matching = Matching(paths, pattern);
            return matching.Count > 0
                ? [.. matching.SelectMany(path => SplitSet.Whole(path, paths)).Distinct()]
                : throw new ArgumentException($"'{repository}' has no file like '{pattern}'; it has: {Listed(paths.Where(IsGguf).DefaultIfEmpty("no GGUF file"))}.");
        }

        string[] weights = Safetensors(paths);
        if (weights.Length > 0)
        {
            return [.. Companions.Where(paths.Contains), .. weights];
        }

        IEnumerable<string> models = paths.Where(IsGguf).Select(SplitSet.NameOf).Distinct();
        throw new ArgumentException(models.Any()
            ? $"'{repository}' holds GGUF files only; name one as {repository}:FILE, where FILE is one of: {Listed(models)}."
            : $"'{repository}' holds neither safetensors nor GGUF files, so there is no model to pull; look for another repository.");
    }

    /// <summary>The paths that a pattern names: exactly one if it is a path or a file name, else all that match.</summary>
    public static IReadOnlyList<string> Matching(IReadOnlyList<string> paths, string pattern)
    {
        if (paths.FirstOrDefault(path => path == pattern) is { } exact)
        {
            return [exact];
        }

        string[] named = [.. paths.Where(path => string.Equals(NameOf(path), pattern, StringComparison.OrdinalIgnoreCase))];
        if (named.Length > 0)
        {
            return named;
        }

        bool isPattern = pattern.AsSpan().IndexOfAny('*', '?') >= 0;
        string wanted = isPattern ? pattern : $"*{pattern}*.gguf";
        return [.. paths.Where(path => FileSystemName.MatchesSimpleExpression(wanted, wanted.Contains('/', StringComparison.Ordinal) ? path : NameOf(path)))];
    }

    /// <summary>The weights that belong to config.json; a second copy under another naming stays where it is.</summary>
    private static string[] Safetensors(IReadOnlyList<string> paths)
    {
        string[] top = [.. paths.Where(path => !path.Contains('/', StringComparison.Ordinal))];
        string[] all = [.. top.Where(path => path.EndsWith(".safetensors", StringComparison.Ordinal) || path.EndsWith(".safetensors.index.json", StringComparison.Ordinal))];
        string[] usual = [.. all.Where(path => path.StartsWith("model", StringComparison.Ordinal))];
        return usual.Length > 0 ? usual : all;
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    // One sentence is one line, however many files a repository has.
    private static string Listed(IEnumerable<string> paths)
    {
        const int Most = 40;
        string[] shown = [.. paths.Take(Most + 1).Select(PlainPath.Shown)];
        return string.Join(", ", shown.Take(Most)) + (shown.Length > Most ? " and more" : "");
    }
}
