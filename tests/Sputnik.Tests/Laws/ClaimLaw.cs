using System.Globalization;
using System.Text.RegularExpressions;

namespace Sputnik.Tests.Laws;

/// <summary>The documents say what is so: what they name exists, their commands are the ones that are checked, their numbers have a source.</summary>
public sealed partial class ClaimLaw
{
    /// <summary>What a command line of the README may start with, besides a file of this repository.</summary>
    private static readonly string[] Tools = ["git", "cd", "dotnet", "curl", "sputnik", "alias"];

    /// <summary>The commands that the README gives for building and testing.</summary>
    private static readonly string[] Checked = ["dotnet build -c Release", "dotnet test -c Release"];

    public static TheoryData<string> Documents => [.. Pages()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_relative_link_leads_somewhere(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;

        IEnumerable<string> broken = Link().Matches(Text(document))
            .Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !Exists(Path.Combine(folder, target)));

        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/map.md")]
    [InlineData("docs/laws.md")]
    public void Every_path_in_code_spans_exists(string document)
    {
        IEnumerable<string> missing = Span().Matches(Text(document))
            .Select(match => match.Groups[1].Value)
            .Where(span => RepositoryPath().IsMatch(span) && !Exists(Path.Combine(Repository.Root, span)));

        Assert.Empty(missing);
    }

    [Fact]
    public void The_map_names_only_what_exists()
    {
        IEnumerable<string> missing = Mapped().Where(path => !Exists(Path.Combine(Repository.Root, path)));

        Assert.Empty(missing);
    }

    [Fact]
    public void The_map_names_every_folder_of_source()
    {
        IEnumerable<string> folders = Repository.Sources("src").Select(path => path[..path.LastIndexOf('/')]).Distinct();

        Assert.Empty(folders.Except(Mapped()));
    }

    [Fact]
    public void Every_command_in_the_readme_starts_with_something_that_exists()
    {
        IEnumerable<string> unknown = Blocks("README.md", "bash")
            .SelectMany(block => block.Split('\n'))
            .Select(line => line.Trim().Split(' ')[0])
            .Where(word => word.Length > 0 && word[0] != '#' && word[0] != '-' && !Tools.Contains(word) && !Exists(Path.Combine(Repository.Root, word)));

        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_call_of_sputnik_in_the_readme_is_a_command_on_things_that_exist()
    {
        IEnumerable<string[]> calls = Blocks("README.md", "bash")
            .SelectMany(block => block.Split('\n'))
            .Select(line => line.Replace("dotnet run -c Release --project src/Sputnik.Cli -- ", "sputnik ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("sputnik ", StringComparison.Ordinal))
            .Select(line => line.Split(' '));

        Assert.All(calls, words =>
        {
            string command = char.ToUpperInvariant(words[1][0]) + words[1][1..];
            Assert.True(Exists(Path.Combine(Repository.Root, "src", "Sputnik.Cli", "Commands", $"{command}Command.cs")), $"No command '{words[1]}'.");
            Assert.All(words.Where(word => RepositoryPath().IsMatch(word)), path => Assert.True(Exists(Path.Combine(Repository.Root, path)), path));
        });
    }

    [Fact]
    public void The_readme_gives_the_commands_that_are_checked()
    {
        string[] commands = [.. Blocks("README.md", "bash").SelectMany(block => block.Split('\n')).Select(line => line.Trim())];
        string script = Text(".ci/run");

        Assert.All(Checked, command =>
        {
            Assert.Contains(command, commands);
            Assert.Contains(command, script, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_csharp_block_of_the_readme_stands_in_a_test()
    {
        string[] tests = [.. Repository.Sources("tests").Select(path => Squeeze(Text(path)))];

        IEnumerable<string> untested = Blocks("README.md", "csharp").Where(block => !tests.Any(test => test.Contains(Squeeze(block), StringComparison.Ordinal)));

        Assert.Empty(untested);
    }

    [Fact]
    public void A_table_with_numbers_cites_the_file_they_come_from()
    {
        IEnumerable<string> unsourced = Tables().Where(table => table.Sources.Length == 0).Select(table => table.Text);

        Assert.Empty(unsourced);
    }

    [Fact]
    public void The_numbers_of_a_table_stand_in_the_file_it_cites()
    {
        IEnumerable<string> unheld =
            from table in Tables()
            let known = table.Sources.SelectMany(source => Numbers(Text(source))).ToArray()
            from number in Numbers(table.Text)
            where !known.Any(value => decimal.Round(value, number.Scale, MidpointRounding.AwayFromZero) == number)
            select $"{number} is not in {string.Join(", ", table.Sources)}";

        Assert.Empty(unheld);
    }

    /// <summary>The README's tables that hold numbers, with the result files linked in them or in the paragraphs beside them.</summary>
    private static IEnumerable<(string Text, string[] Sources)> Tables()
    {
        string[] paragraphs = Text("README.md").Split("\n\n");
        return
            from at in paragraphs.Index()
            where at.Item.StartsWith('|') && at.Item.Any(char.IsAsciiDigit)
            let beside = string.Join('\n', paragraphs.Skip(at.Index - 1).Take(3))
            select (at.Item, Result().Matches(beside).Select(match => match.Groups[1].Value).Distinct().ToArray());
    }

    private static IEnumerable<decimal> Numbers(string text) =>
        Number().Matches(text).Select(match => decimal.Parse(match.Value, CultureInfo.InvariantCulture));

    /// <summary>The paths of the tree on the map: two blanks of indentation are one folder deeper.</summary>
    private static List<string> Mapped()
    {
        List<string> paths = [];
        List<string> folders = [];
        foreach (string line in Blocks("docs/map.md", "tree").SelectMany(block => block.Split('\n')).Where(line => line.Trim().Length > 0))
        {
            int depth = (line.Length - line.TrimStart().Length) / 2;
            folders.RemoveRange(depth, folders.Count - depth);
            folders.Add(line.Trim().Split(' ')[0]);
            paths.Add(string.Join('/', folders));
        }

        return paths;
    }

    private static IEnumerable<string> Pages()
    {
        string docs = Path.Combine(Repository.Root, "docs");
        return Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Append("README.md")
            .Order(StringComparer.Ordinal);
    }

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");

    private static IEnumerable<string> Blocks(string path, string language) =>
        Fence().Matches(Text(path)).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value);

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static string Squeeze(string text) => Blank().Replace(text, "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Span();

    /// <summary>A span that can only be a path of this repository.</summary>
    [GeneratedRegex(@"^(?:src|tests|bench|docs|recipes|models|\.ci)/[\w./-]*$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex("(?<=^|\n)```([a-z]+)\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    /// <summary>A link to a result file; that it exists is held for every link.</summary>
    [GeneratedRegex(@"\]\(((?:bench/results|recipes|models|docs)/[^)]+\.(?:md|csv|json))\)")]
    private static partial Regex Result();

    [GeneratedRegex(@"(?<![\w.])\d{1,12}(?:\.\d{1,9})?(?![\w.]*\d)")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
