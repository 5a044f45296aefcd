using Sputnik.Models;

namespace Sputnik.Tests.Laws;

/// <summary>The row law where weights are summed in integers: a stored DeepSeek-V3, its latent attention absorbed and its experts routed in groups.</summary>
public sealed class QuantisedRowLaw
{
    private const int Sequences = 8;

    public static TheoryData<string> Models => [.. QuantisedModel.Names];

    public static TheoryData<string, int> Chunks =>
        [.. from name in QuantisedModel.Names from size in (int[])[1, 7, 64] select new TheoryDataRow<string, int>(name, size)];

    [Theory]
    [MemberData(nameof(Chunks))]
    public void Prefill_in_chunks_equals_prefill(string name, int size)
    {
        using QuantisedModel stored = new(name);
        int[] text = Passes.Text(stored.Model, 0);
        using Passes passes = new(stored.Model);
        int sequence = passes.Kv.Open();

        List<float> chunked = [];
        for (int position = 0; position < text.Length; position += size)
        {
            passes.Add(text.AsSpan(position, Math.Min(size, text.Length - position)), sequence, position);
            chunked.AddRange(passes.Step());
        }

        SameBits.Assert(Alone(stored.Model, text), [.. chunked]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_batch_of_eight_equals_eight_alone(string name)
    {
        using QuantisedModel stored = new(name);
        int[][] texts = [.. Enumerable.Range(0, Sequences).Select(number => Passes.Text(stored.Model, number, 20 + (3 * number)))];
        using Passes passes = new(stored.Model);
        Array.ForEach(texts, text => passes.Add(text, passes.Kv.Open(), 0));

        float[] batched = passes.Step();

        SameBits.Assert([.. texts.SelectMany(text => Alone(stored.Model, text))], batched);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Decoding_eight_together_equals_decoding_alone(string name)
    {
        using QuantisedModel stored = new(name);
        int[][] texts = [.. Enumerable.Range(0, Sequences).Select(number => Passes.Text(stored.Model, number, 12))];
        using Passes passes = new(stored.Model);
        int[] sequences = [.. texts.Select(_ => passes.Kv.Open())];

        List<float> together = [];
        for (int position = 0; position < 12; position++)
        {
            for (int i = 0; i < Sequences; i++)
            {
                passes.Add(texts[i].AsSpan(position, 1), sequences[i], position);
            }

            together.AddRange(passes.Step());
        }

        int width = Passes.Width(stored.Model);
        float[][] alone = [.. texts.Select(text => Alone(stored.Model, text))];
        SameBits.Assert([.. Enumerable.Range(0, 12).SelectMany(position => alone.SelectMany(rows => rows.AsSpan(position * width, width).ToArray()))], [.. together]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Threads_change_nothing(string name)
    {
        using QuantisedModel stored = new(name);
        int[] text = Passes.Text(stored.Model, 0);

        float[] two = Alone(stored.Model, text, threads: 2);
        float[] three = Alone(stored.Model, text, threads: 3);

        float[] one = Alone(stored.Model, text);
        SameBits.Assert(one, two);
        SameBits.Assert(one, three);
    }

    [Theory]
    [InlineData("Q8_0", "84be52f3278c2648")]
    [InlineData("Q4_K and Q6_K", "ffa2db44979e0fde")]
    public void A_stored_model_has_one_hash_on_every_CPU(string name, string expected)
    {
        using QuantisedModel stored = new(name);

        string hash = SameBits.Hash(Alone(stored.Model, Passes.Text(stored.Model, 0), threads: 2));

        Assert.Equal(expected, hash);
    }

    private static float[] Alone(ILanguageModel model, int[] text, int threads = 1)
    {
        using Passes passes = new(model, threads);
        return passes.Prefill(text);
    }
}
