using Sputnik.Generation;
using Sputnik.Tensors;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation;

/// <summary>Whole answers of seeded models, which wander through tags and halves of characters.</summary>
public sealed class ResponderTests : IDisposable
{
    private readonly LoadedModel _loaded = new(SmallModel.Create(), SmallTokenizer.Train());
    private readonly Workers _workers = new(1);
    private readonly Engine _engine;
    private readonly Responder _responder;

    public ResponderTests()
    {
        _engine = new(_loaded.Model, _workers);
        _responder = new(_loaded, _engine);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _workers.Dispose();
        _loaded.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_pieces_of_an_answer_are_the_split_of_its_tokens(ulong seed)
    {
        AnswerRequest request = Request(seed) with { TopLogProbs = 0 };

        (List<AnswerPiece> pieces, AnswerEnd end) = await Ask(request);

        List<int> ids = await Tokens(request);
        ReasoningParts parts = Reasoning.Split(_loaded.Tokenizer, [.. ids.Where(id => id < _loaded.Tokenizer.VocabularySize)]);
        Assert.Equal(parts.Thinking, Text(pieces, AnswerPieceKind.Thinking));
        Assert.Equal(parts.Answer, Text(pieces, AnswerPieceKind.Content));
        Assert.Equal((parts.Closed, ids.Count), (!end.InsideThinking, end.CompletionTokens));
        Assert.All(pieces.SkipLast(1), piece => Assert.NotEqual("", piece.Text));
        Assert.Equal(ids.Except([_loaded.Tokenizer.Special.ThinkEnd]), pieces.SelectMany(piece => piece.Tokens).Select(token => token.Token.Id).Distinct());
    }

    [Fact]
    public async Task An_answer_cut_inside_its_thinking_says_so_and_has_no_content()
    {
        (List<AnswerPiece> pieces, AnswerEnd end) = await Ask(Request(1) with { MaxNewTokens = 5 });

        Assert.Equal(new(AnswerEndReason.Length, null, InsideThinking: true, BudgetForced: false, 5, 5), end);
        Assert.Equal("", Text(pieces, AnswerPieceKind.Content));
    }

    [Fact]
    public async Task A_stop_string_ends_the_answer_within_its_token_and_is_not_shown()
    {
        AnswerRequest free = Request(4) with { Thinking = new() { Enabled = false } };
        (List<AnswerPiece> whole, AnswerEnd wholeEnd) = await Ask(free);
        string text = Text(whole, AnswerPieceKind.Content);
        string stop = text[10..13];

        (List<AnswerPiece> pieces, AnswerEnd end) = await Ask(free with { Stop = [stop] });

        Assert.Equal(text[..text.IndexOf(stop, StringComparison.Ordinal)], Text(pieces, AnswerPieceKind.Content));
        Assert.Equal((AnswerEndReason.Stop, stop), (end.Reason, end.StopString));
        Assert.True(end.CompletionTokens < wholeEnd.CompletionTokens);
        Assert.Equal(0, end.ThinkingTokens);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_answer_and_each_choice_another()
    {
        (List<AnswerPiece> first, _) = await Ask(Request(9) with { Choices = 2 });
        (List<AnswerPiece> again, _) = await Ask(Request(9) with { Choices = 2 });

        Assert.Equal(Text(first, AnswerPieceKind.Thinking, 0), Text(again, AnswerPieceKind.Thinking, 0));
        Assert.Equal(Text(first, AnswerPieceKind.Thinking, 1), Text(again, AnswerPieceKind.Thinking, 1));
        Assert.NotEqual(Text(first, AnswerPieceKind.Thinking, 0), Text(first, AnswerPieceKind.Thinking, 1));
        Assert.Equal(2, first.Count(piece => piece.Kind == AnswerPieceKind.Finish));
    }

    [Fact]
    public void What_cannot_be_asked_is_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Choices", () => Asked(Request(1) with { Choices = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>("MaxNewTokens", () => Asked(Request(1) with { MaxNewTokens = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>("Budget", () => Asked(Request(1) with { Thinking = new() { Budget = -1 } }));
        Assert.Throws<ArgumentException>(() => Asked(Request(1) with { Stop = [""] }));
    }


    private async Task<List<int>> Tokens(AnswerRequest request)
    {
        TokenRequest plain = new()
        {
            Prompt = _responder.Prompt(request),
            Draw = request.Draw ?? new(),
            MaxNewTokens = request.MaxNewTokens ?? 1,
            StopTokens = _loaded.Tokenizer.EndIds,
        };
        List<int> ids = [];
        await using TokenStream stream = _engine.Submit(plain, TestContext.Current.CancellationToken);
        await foreach (TokenEvent token in stream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            ids.Add(token.Token.Id);
        }

        return ids;
    }

    private static AnswerRequest Request(ulong seed) => new()
    {
        Messages = [new(ChatRole.User, "8*x+9=3*x+19?")],
        Draw = new() { Seed = seed, Temperature = 1 },
        MaxNewTokens = 60,
    };

    private AnswerStream Asked(AnswerRequest request) => _responder.Ask(request, TestContext.Current.CancellationToken);

    private async Task<(List<AnswerPiece> Pieces, AnswerEnd End)> Ask(AnswerRequest request)
    {
        List<AnswerPiece> pieces = [];
        await using AnswerStream stream = Asked(request);
        await foreach (AnswerPiece piece in stream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            pieces.Add(piece);
        }

        return (pieces, pieces[^1].End ?? throw new InvalidOperationException("An answer ends with its end."));
    }

    private static string Text(List<AnswerPiece> pieces, AnswerPieceKind kind, int choice = 0) =>
        string.Concat(pieces.Where(piece => piece.Kind == kind && piece.Choice == choice).Select(piece => piece.Text));
}
