using System.Text.Json.Nodes;
using Sputnik.Fuzz;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class PublishedFileTests
{
    [Fact]
    public void A_file_of_bytes_is_read()
    {
        Tokenizer tokenizer = PublishedFile.Load(PublishedFile.ByteLevel());

        Assert.Equal([256, 257, '1', 258], tokenizer.Encode("ab ab1xyz"));
        Assert.Equal([259, 256], tokenizer.Encode("ab", parseSpecial: false, addSpecial: true));
        Assert.Equal([259, 256], tokenizer.Encode("<|begin|>ab", parseSpecial: true, addSpecial: true));
        Assert.Equal([260], tokenizer.Encode("<tool>", parseSpecial: true));
        Assert.DoesNotContain(260, tokenizer.Encode("<tool>"));
        Assert.Equal("<tool>ab", tokenizer.Decode([259, 260, 256], skipControl: true));
    }

    [Fact]
    public void A_file_of_characters_gives_the_ids_of_its_GGUF()
    {
        Tokenizer tokenizer = PublishedFile.Load(PublishedFile.SentencePiece());
        Tokenizer other = Tokenizer.From(SmallSentencePiece.Data);

        Assert.All(["ab", "abc  é", " a", "", "bc bc", "\n"], text =>
        {
            Assert.Equal(other.Encode(text), tokenizer.Encode(text));
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        });
    }

    [Theory]
    [InlineData("always", true, true)]
    [InlineData("first", true, false)]
    [InlineData("never", false, false)]
    public void Metaspace_writes_the_space_where_it_says(string scheme, bool first, bool behind)
    {
        JsonObject file = PublishedFile.SentencePiece();
        file["normalizer"] = null;
        file["pre_tokenizer"] = new JsonObject { ["type"] = "Metaspace", ["replacement"] = "▁", ["prepend_scheme"] = scheme, ["split"] = false };

        int[] ids = PublishedFile.Load(file).Encode("ab</s>ab", parseSpecial: true);

        Assert.Equal([SmallSentencePiece.Id(first ? "▁ab" : "ab"), 2, SmallSentencePiece.Id(behind ? "▁ab" : "ab")], ids);
    }

    [Fact]
    public void Text_is_normalised_where_the_file_asks_for_it()
    {
        JsonObject file = PublishedFile.ByteLevel();
        file["normalizer"] = new JsonObject { ["type"] = "NFC" };

        Tokenizer tokenizer = PublishedFile.Load(file);

        Assert.Equal("é", tokenizer.Decode(tokenizer.Encode("e\u0301")));
        Assert.Equal("é", tokenizer.Decode(tokenizer.EncodeSegments([("e", true), ("\u0301", false)])));
    }

    [Theory]
    [InlineData("lstrip", "a  <x>  b", "a", "  b")]
    [InlineData("rstrip", "a  <x>  b", "a  ", "b")]
    [InlineData("single_word", "a<x>b <x> c", "a<x>b ", " c")]
    [InlineData("normalized", "a<x>b", "a", "b")]
    public void Added_tokens_take_what_they_say(string flag, string text, string before, string after)
    {
        JsonObject file = PublishedFile.ByteLevel();
        JsonObject token = PublishedFile.Added(261, "<x>", special: true);
        token[flag] = true;
        (file["added_tokens"] as JsonArray)?.Add(token);
        Tokenizer tokenizer = PublishedFile.Load(file);

        int[] ids = tokenizer.Encode(text, parseSpecial: true);

        Assert.Equal([.. tokenizer.Encode(before), 261, .. tokenizer.Encode(after)], ids);
    }

    [Fact]
    public void The_longest_of_the_leftmost_added_tokens_is_taken()
    {
        JsonObject file = PublishedFile.ByteLevel();
        (file["added_tokens"] as JsonArray)?.Add(PublishedFile.Added(261, "<|begin|>ab", special: true));

        Assert.Equal([261, 259], PublishedFile.Load(file).Encode("<|begin|>ab<|begin|>", parseSpecial: true));
    }

    [Fact]
    public void The_configuration_goes_before_the_template()
    {
        Tokenizer tokenizer = PublishedFile.Load(
            PublishedFile.ByteLevel(),
            """{"add_bos_token":false,"bos_token":{"content":"<|begin|>","lstrip":false},"eos_token":"<tool>","pad_token":null,"model_max_length":16384}""");

        Assert.False(tokenizer.AddBos);
        Assert.Equal((259, 260, null), (tokenizer.BosId, tokenizer.EosId, tokenizer.PaddingId));
    }

    [Fact]
    public void A_configuration_that_names_no_token_is_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => PublishedFile.Load(PublishedFile.ByteLevel(), """{"eos_token":"<end>"}"""));

        Assert.Contains("'<end>'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"Split","pattern":{"Regex":"\\w+"},"behavior":"Isolated","invert":false}""", @"\w+")]
    [InlineData("""{"type":"ByteLevel","add_prefix_space":true}""", "add_prefix_space")]
    [InlineData("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}""", "Metaspace")]
    public void A_cut_that_is_not_built_is_quoted(string cut, string quoted)
    {
        JsonObject file = PublishedFile.ByteLevel();
        file["pre_tokenizer"] = JsonNode.Parse(cut);

        var error = Assert.Throws<NotSupportedException>(() => PublishedFile.Load(file));

        Assert.Contains(quoted, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    [InlineData(int.MaxValue)]
    public void An_id_far_beyond_the_tokens_costs_no_memory(int id)
    {
        JsonObject file = PublishedFile.ByteLevel();
        (file["added_tokens"] as JsonArray)?.Add(PublishedFile.Added(id, "<x>", special: true));

        var error = Assert.Throws<InvalidDataException>(() => PublishedFile.Load(file));

        Assert.Contains($"id {id} of '<x>'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_vocabulary_is_not_written() =>
        Assert.Throws<NotSupportedException>(() => PublishedFile.Load(PublishedFile.ByteLevel()).Save("never-written"));
}
