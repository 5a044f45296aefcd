using Sputnik.Tasks;
using Sputnik.Text;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class PretrainingDataTests
{
    private const int TokensPerStep = 500;

    private static readonly Corpus Documents = new(new(), new(new()), seed: 1);
    private static readonly Tokenizer Vocabulary = BpeTrainer.Train(Enumerable.Range(0, 200).Select(i => Documents[(ulong)i]).Select(d => d.Prompt + d.Response), 300, new());

    [Fact]
    public void Steps_hold_whole_documents_in_order_and_no_more_tokens_than_asked()
    {
        DocumentEncoder encoder = new(Vocabulary);
        PretrainingData data = new(Documents, encoder, TokensPerStep);

        IReadOnlyList<ScoredSequence>[] steps = [data.Next(), data.Next(), data.Next()];

        Assert.All(steps, step => Assert.InRange(step.Sum(s => s.Tokens.Length), 1, TokensPerStep));
        IEnumerable<int[]> expected = Enumerable.Range(0, (int)data.Cursor).Select(i => encoder.Whole(Documents[(ulong)i]).Tokens);
        Assert.Equal(expected, steps.SelectMany(step => step).Select(s => s.Tokens));
    }

    [Fact]
    public void The_cursor_resumes_exactly()
    {
        PretrainingData first = new(Documents, new(Vocabulary), TokensPerStep), second = new(Documents, new(Vocabulary), TokensPerStep);
        first.Next();

        second.Cursor = first.Cursor;

        Assert.Equal(first.Next().Select(s => s.Tokens), second.Next().Select(s => s.Tokens));
    }

    [Fact]
    public void A_document_larger_than_a_step_stands_alone()
    {
        PretrainingData data = new(Documents, new(Vocabulary), tokensPerStep: 1);

        Assert.Single(data.Next());
        Assert.Equal(1UL, data.Cursor);
    }

    [Fact]
    public void A_problem_is_prompt_thinking_and_answer_between_the_special_tokens()
    {
        Document document = new("1+1?", "so 2\n</think>\n\\boxed{2}");

        ScoredSequence whole = new DocumentEncoder(Vocabulary).Whole(document);

        Assert.Equal(
            "<｜begin▁of▁sentence｜><｜User｜>1+1?<｜Assistant｜><think>\nso 2\n</think>\n\\boxed{2}<｜end▁of▁sentence｜>",
            Vocabulary.Decode(whole.Tokens));
        Assert.Contains(Vocabulary.Special.ThinkEnd, whole.Tokens);
        Assert.Equal(1, whole.From);
    }

    [Fact]
    public void A_drill_is_plain_text_between_begin_and_end()
    {
        ScoredSequence whole = new DocumentEncoder(Vocabulary).Whole(new(null, "1+1=2\n"));

        Assert.Equal("<｜begin▁of▁sentence｜>1+1=2\n<｜end▁of▁sentence｜>", Vocabulary.Decode(whole.Tokens));
    }

    [Fact]
    public void Of_a_response_only_what_follows_the_prompt_is_learned()
    {
        DocumentEncoder encoder = new(Vocabulary);

        ScoredSequence example = encoder.Response("1+1?", "</think>\n\\boxed{2}");

        Assert.Equal(encoder.Prompt("1+1?"), example.Tokens[..example.From]);
        Assert.Equal("</think>\n\\boxed{2}<｜end▁of▁sentence｜>", Vocabulary.Decode(example.Tokens.AsSpan(example.From)));
    }

    [Fact]
    public void Epochs_hold_every_example_once_each_in_an_order_of_its_own()
    {
        ScoredSequence[] examples = TinyModel.Sequences(20);
        ShuffledExamples data = new(examples, tokensPerStep: 60, seed: 4);

        List<ScoredSequence>[] epochs = [Epoch(data), Epoch(data)];

        Assert.All(epochs, epoch => Assert.Equal(examples.ToHashSet(), epoch.ToHashSet()));
        Assert.NotEqual(epochs[0], epochs[1]);
        ShuffledExamples resumed = new(examples, tokensPerStep: 60, seed: 4) { Cursor = 20 };
        Assert.Equal(epochs[1], Epoch(resumed));
    }

    [Fact]
    public void The_steps_of_epochs_are_known_before()
    {
        ShuffledExamples data = new(TinyModel.Sequences(20), tokensPerStep: 60, seed: 4);
        long foreseen = data.StepsIn(3);

        long steps = 0;
        for (; data.Epoch < 3; steps++)
        {
            data.Next();
        }

        Assert.Equal(foreseen, steps);
    }

    private static List<ScoredSequence> Epoch(ShuffledExamples data)
    {
        List<ScoredSequence> examples = [];
        for (ulong epoch = data.Epoch; data.Epoch == epoch;)
        {
            examples.AddRange(data.Next());
        }

        return examples;
    }
}
