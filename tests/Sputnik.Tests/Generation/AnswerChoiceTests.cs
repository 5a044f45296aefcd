using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation;

/// <summary>What a caller sees of tokens that a test wrote down.</summary>
public sealed class AnswerChoiceTests
{
    private const string Calls =
        "so\n<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>add\n```json\n{\"a\": 1}\n```<｜tool▁call▁end｜>\n" +
        "<｜tool▁call▁begin｜>function<｜tool▁sep｜>sub\n```json\n{\"b\": 2}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>";

    private static readonly ReasoningStart Thinking = new(ReasoningPart.Thinking);
    private static readonly AnswerRequest Free = new() { Messages = [new(ChatRole.Assistant, "") { ToolCalls = [new("x", "add", "{}")] }] };
    private readonly Tokenizer _small = SmallTokenizer.Train();

    [Fact]
    public void Calls_are_parted_from_the_answer_and_named_apart_from_earlier_ones()
    {
        AnswerForm form = new(_small, Thinking, Free, ToolDialect.DeepSeekR1);

        List<AnswerPiece> pieces = Read(form, [.. _small.Encode("hm"), _small.Special.ThinkEnd, .. _small.Encode(Calls), _small.Special.EndOfSentence]);

        Assert.Equal([new("call00001", "add", ""), new("call00002", "sub", "")], pieces.Select(piece => piece.Call).OfType<ToolCall>());
        Assert.Equal("""{"a": 1}{"b": 2}""", Text(pieces, AnswerPieceKind.ToolArguments));
        Assert.Equal("so", Text(pieces, AnswerPieceKind.Content).Trim());
        Assert.Equal("hm", Text(pieces, AnswerPieceKind.Thinking));
        Assert.Equal(AnswerEndReason.ToolCalls, pieces[^1].End?.Reason);
    }

    [Fact]
    public void Calls_in_the_thinking_stay_thinking()
    {
        AnswerForm form = new(_small, Thinking, Free, ToolDialect.DeepSeekR1);

        List<AnswerPiece> pieces = Read(form, [.. _small.Encode(Calls), _small.Special.ThinkEnd, .. _small.Encode("8")]);

        Assert.DoesNotContain(pieces, piece => piece.Call is not null);
        Assert.Equal(Calls, Text(pieces, AnswerPieceKind.Thinking));
        Assert.Equal(AnswerEndReason.Stop, pieces[^1].End?.Reason);
    }

    [Fact]
    public void Without_functions_a_call_is_text() =>
        Assert.Equal(Calls, Text(Read(new(_small, new(ReasoningPart.Answer), Free, null), _small.Encode(Calls)), AnswerPieceKind.Content));

    [Fact]
    public void Markers_that_are_control_tokens_are_read()
    {
        string[] markers = ["<｜tool▁calls▁begin｜>", "<｜tool▁call▁begin｜>", "<｜tool▁sep｜>", "<｜tool▁call▁end｜>", "<｜tool▁calls▁end｜>"];
        string[] tokens = ["<unk>", "<s>", "</s>", .. markers, .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>")];
        Tokenizer tokenizer = Tokenizer.From(new()
        {
            Model = "llama",
            Tokens = [.. tokens],
            TokenTypes = [TokenKind.Unknown, .. Enumerable.Repeat(TokenKind.Control, 7), .. Enumerable.Repeat(TokenKind.Byte, 256)],
            Scores = [.. tokens.Select((_, i) => -(float)i)],
            BosId = 1,
            EosId = 2,
            UnknownId = 0,
            AddSpacePrefix = false,
        });
        AnswerForm form = new(tokenizer, Thinking, Free, ToolDialect.DeepSeekR1);

        List<AnswerPiece> pieces = Read(form, tokenizer.Encode("hm\n</think>\n\n" + Calls, parseSpecial: true));

        Assert.Equal(5, form.Markers.Count);
        Assert.Equal(["add", "sub"], pieces.Select(piece => piece.Call?.Name).OfType<string>());
        Assert.Equal(1, JsonDocument.Parse(Text(pieces, AnswerPieceKind.ToolArguments)[..8]).RootElement.GetProperty("a").GetInt32());
    }

    [Fact]
    public void Every_stream_is_its_whole_text_split_and_cut_at_a_stop_string()
    {
        string[] stops = ["STOP", "end", "é😀e"];
        ReasoningStart[] starts = [default, Thinking, new(ReasoningPart.Answer)];
        for (ulong seed = 0; seed < 3000; seed++)
        {
            int[] ids = [.. TagVocabulary.Random(seed), .. TagVocabulary.Random(seed + 100_000)];
            ReasoningStart start = starts[seed % 3];
            (string thinking, string answer) = WholeSplit.Of(WholeSplit.Text(TagVocabulary.Tokenizer, ids), start);
            StopMatcher whole = new(stops);
            string kept = whole.Push(answer) + whole.Flush();

            List<AnswerPiece> pieces = Read(new(TagVocabulary.Tokenizer, start, Free with { Stop = stops, TopLogProbs = 0 }, null), ids);

            // Behind the token that ends the answer nothing is read, so the thinking is whole before it.
            Assert.Equal((thinking, kept, whole.Found), (Text(pieces, AnswerPieceKind.Thinking), Text(pieces, AnswerPieceKind.Content), pieces[^1].End?.StopString));
            Assert.All(pieces.SkipLast(1), piece => Assert.True(piece.Text.Length > 0 && !char.IsLowSurrogate(piece.Text[0]) && !char.IsHighSurrogate(piece.Text[^1])));
            Assert.True(pieces[^1].End?.InsideThinking != true || kept.Length == 0);
        }
    }

    /// <summary>The pieces of tokens that the engine draws until the guide ends them, the last one as a stop token would.</summary>
    private static List<AnswerPiece> Read(AnswerForm form, int[] ids)
    {
        AnswerGuide guide = new(form, null);
        AnswerChoice choice = new(form, guide);
        List<AnswerPiece> pieces = [];
        for (int i = 0; i < ids.Length && guide.Ended is null; i++)
        {
            guide.Accept(ids[i]);
            pieces.AddRange(choice.Push(new(0, new(ids[i], 0), [], i == ids.Length - 1 ? FinishReason.Stop : guide.Ended)));
        }

        return pieces.Count == 0 ? [new(0, AnswerPieceKind.Finish, "")] : pieces;
    }

    private static string Text(List<AnswerPiece> pieces, AnswerPieceKind kind) =>
        string.Concat(pieces.Where(piece => piece.Kind == kind).Select(piece => piece.Text));
}
