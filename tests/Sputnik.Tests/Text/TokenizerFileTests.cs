using System.Text.Json.Nodes;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class TokenizerFileTests : IDisposable
{
    private readonly Tokenizer _tokenizer = SmallTokenizer.Train();
    private readonly string _directory = Directory.CreateTempSubdirectory("sputnik-text-").FullName;

    public TokenizerFileTests() => _tokenizer.Save(_directory);

    private string VocabularyPath => Path.Combine(_directory, "tokenizer.json");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_loaded_tokenizer_gives_the_same_ids()
    {
        Tokenizer loaded = Tokenizer.Load(_directory);

        Assert.Equal(_tokenizer.VocabularySize, loaded.VocabularySize);
        Assert.Equal(_tokenizer.Special, loaded.Special);
        Samples.Hold(Samples.Text, text => loaded.Encode(text).SequenceEqual(_tokenizer.Encode(text)));
    }

    [Fact]
    public void Saving_what_was_loaded_gives_the_same_bytes_and_leaves_no_other_file()
    {
        string again = Path.Combine(_directory, "again");

        Tokenizer.Load(_directory).Save(again);

        string[] names = ["tokenizer.json", "tokenizer_config.json"];
        Assert.Equal(names, Directory.GetFiles(again).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(_directory, name)), File.ReadAllBytes(Path.Combine(again, name))));
    }

    /// <summary>The ids are those that Hugging Face tokenizers 0.23.2 gives with this very file.</summary>
    [Theory]
    [InlineData(
        "Cy buys 12 shells.\n\n  so \\boxed{8}",
        262, 38, 298, 38, 55, 56, 302, 52, 16, 16, 38, 276, 117, 38, 98, 104, 285, 282, 129, 62, 131)]
    [InlineData("检查 8*x+9=3*x\r\n等等 so", 273, 38, 62, 277, 49, 63, 67, 57, 277, 19, 16, 294, 276, 117)]
    [InlineData(
        " \t drops\u00A0check \u0001\u200Dok  ",
        38, 15, 274, 300, 200, 166, 299, 38, 7, 232, 134, 147, 117, 113, 38, 38)]
    [InlineData(
        "e\u0301👩‍👩 ❤️ Ⅷ½",
        107, 210, 135, 246, 165, 151, 175, 232, 134, 147, 246, 165, 151, 175, 38, 232, 163, 170, 245, 190, 149,
        38, 232, 139, 173, 200, 195)]
    [InlineData(
        "カ・カ𠀀 〇龦!?…«ok»",
        233, 136, 177, 233, 137, 193, 233, 136, 177, 246, 166, 134, 134, 38, 233, 134, 141,
        239, 196, 172, 39, 69, 232, 134, 172, 200, 177, 117, 113, 200, 193)]
    public void The_ids_are_those_of_the_library_whose_format_it_is(string text, params int[] ids)
    {
        Tokenizer loaded = Tokenizer.Load(_directory);

        Assert.Equal(ids, loaded.Encode(text));
    }

    [Fact]
    public void The_file_spells_bytes_as_byte_level_vocabularies_do()
    {
        JsonNode? vocabulary = Parse()["model"]?["vocab"];

        Assert.Equal(6 + ' ', (int?)vocabulary?["Ġ"]);
        Assert.Equal(6 + '\n', (int?)vocabulary?["Ċ"]);
        Assert.Equal(6 + 0xAD, (int?)vocabulary?["Ń"]);
        Assert.Equal(0, (int?)vocabulary?["<｜begin▁of▁sentence｜>"]);
    }

    [Fact]
    public void The_configuration_names_the_ends_and_the_template()
    {
        JsonNode? config = JsonNode.Parse(File.ReadAllText(Path.Combine(_directory, "tokenizer_config.json")));

        Assert.Equal("<｜end▁of▁sentence｜>", (string?)config?["eos_token"]);
        Assert.EndsWith("{{ '<｜Assistant｜><think>\\n' }}{% endif %}", (string?)config?["chat_template"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/pre_tokenizer", """{"type":"Whitespace"}""", "Whitespace")]
    [InlineData("/pre_tokenizer/pretokenizers/0/pattern/Regex", "\"\\\\p{N}{1,4}\"", "\\p{N}{1,4}")]
    [InlineData("/normalizer", """{"type":"NFKC"}""", "NFKC")]
    [InlineData("/decoder/type", "\"Metaspace\"", "Metaspace")]
    [InlineData("/model/type", "\"Unigram\"", "Unigram")]
    public void What_is_not_built_is_refused_by_name(string place, string value, string named)
    {
        Replace(place, value);

        var error = Assert.Throws<NotSupportedException>(() => Tokenizer.Load(_directory));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(VocabularyPath, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/added_tokens", "[]", "<｜begin▁of▁sentence｜>")]
    [InlineData("/added_tokens/0/id", "7", "has id 7")]
    [InlineData("/model/vocab/Ġ", "7", "id 7")]
    [InlineData("/model/vocab/Ġ", "-1", "id -1")]
    [InlineData("/model/merges", """["a b c"]""", "a b c")]
    [InlineData("/model/merges", """["a €"]""", "a €")]
    [InlineData("/model/merges", "null", "merges")]
    [InlineData("/model/vocab", """{"a":6}""", "1 of the 256 bytes")]
    [InlineData("/model/vocab", """{"中":0}""", "中")]
    [InlineData("/model/vocab", "[]", "vocab")]
    public void A_damaged_file_is_refused_with_its_path_and_fault(string place, string value, string fault)
    {
        Replace(place, value);

        var error = Assert.Throws<InvalidDataException>(() => Tokenizer.Load(_directory));

        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.Contains(VocabularyPath, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    public void What_is_no_vocabulary_is_refused(string content)
    {
        File.WriteAllText(VocabularyPath, content);

        Assert.Throws<InvalidDataException>(() => Tokenizer.Load(_directory));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = File.ReadAllBytes(VocabularyPath);
        for (int length = 0; length < whole.Length - 1; length += 997)
        {
            File.WriteAllBytes(VocabularyPath, whole.AsSpan(0, length));

            Assert.Throws<InvalidDataException>(() => Tokenizer.Load(_directory));
        }
    }

    private JsonNode Parse() =>
        JsonNode.Parse(File.ReadAllText(VocabularyPath)) ?? throw new InvalidDataException("The file holds null.");

    private void Replace(string place, string value)
    {
        JsonNode root = Parse();
        string[] steps = place.Split('/')[1..];
        JsonNode? parent = root;
        foreach (string step in steps[..^1])
        {
            parent = parent is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : parent?[step];
        }

        if (parent is JsonObject target)
        {
            target[steps[^1]] = JsonNode.Parse(value);
        }

        File.WriteAllText(VocabularyPath, root.ToJsonString());
    }
}
