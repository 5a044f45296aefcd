using System.Text.Json;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

/// <summary>
/// Ids on which llama.cpp, its relatives and this room agree. The files are not part of this repository; where they do not
/// lie beside it the tests say that they were skipped.
/// </summary>
public sealed class GoldenTokenizerTests
{
    public static TheoryData<string> Names => [.. GoldenVocabulary.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_has_the_ids_of_llama_cpp(string name)
    {
        Tokenizer tokenizer = GoldenVocabulary.Tokenizer(name);

        List<string> wrong = [];
        int lines = 0;
        foreach ((string text, int[] ids) in Lines(name))
        {
            lines++;
            int[] actual = tokenizer.Encode(text, TokenMatch.UserDefined);
            if (!actual.SequenceEqual(ids))
            {
                wrong.Add($"{JsonSerializer.Serialize(text)}: {string.Join(' ', actual)} for {string.Join(' ', ids)}");
            }
        }

        Assert.True(lines > 200, $"{lines} lines are not the whole file.");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_comes_back_from_its_ids(string name)
    {
        Tokenizer tokenizer = GoldenVocabulary.Tokenizer(name);

        Assert.All(Lines(name), line => Assert.Equal(line.Text, tokenizer.Decode(line.Ids)));
    }

    private static IEnumerable<(string Text, int[] Ids)> Lines(string name) =>
        from line in File.ReadLines(Path.Combine(GoldenVocabulary.Folder, $"{name}.shared.jsonl"))
        let root = JsonDocument.Parse(line).RootElement
        select (root.GetProperty("text").GetString(), root.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray());
}
