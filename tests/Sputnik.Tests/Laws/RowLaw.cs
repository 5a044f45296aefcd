using Sputnik.Models;

namespace Sputnik.Tests.Laws;

/// <summary>
/// The value of a row depends only on its inputs and its own sequence: train = prefill = decode = batched = chunked = any
/// number of threads, to the bit, for every family (docs/adr/0001).
/// </summary>
public sealed class RowLaw
{
    public static TheoryData<string> Models => [.. TinyModels.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void Decoding_one_by_one_equals_prefill(string name)
    {
        using ILanguageModel model = TinyModels.Create(name);
        int[] text = Passes.Text(model, 0);

        float[] decoded = InChunks(model, text, [.. Enumerable.Repeat(1, text.Length)]);

        SameBits.Assert(Prefill(model, text), decoded);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Chunks_equal_prefill(string name)
    {
        using ILanguageModel model = TinyModels.Create(name);
        int[] text = Passes.Text(model, 0);

        float[] chunked = InChunks(model, text, [17, 1, 46, 1, text.Length - 65]);

        SameBits.Assert(Prefill(model, text), chunked);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Neighbours_in_the_batch_change_nothing(string name)
    {
        using ILanguageModel model = TinyModels.Create(name);
        int[] text = Passes.Text(model, 0);
        using Passes passes = new(model);

        passes.Add(Passes.Text(model, 1, 33), passes.Kv.Open(), 0);
        passes.Add(text, passes.Kv.Open(), 0);
        passes.Add(Passes.Text(model, 2, 70), passes.Kv.Open(), 0);
        float[] batched = passes.Step();

        SameBits.Assert(Prefill(model, text), batched.AsSpan(33 * Passes.Width(model), text.Length * Passes.Width(model)).ToArray());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Threads_change_nothing(string name)
    {
        using ILanguageModel model = TinyModels.Create(name);
        int[] text = Passes.Text(model, 0);

        float[] two = Prefill(model, text, threads: 2);
        float[] three = Prefill(model, text, threads: 3);

        float[] one = Prefill(model, text);
        SameBits.Assert(one, two);
        SameBits.Assert(one, three);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_tape_changes_nothing(string name)
    {
        using ILanguageModel model = TinyModels.Create(name);
        int[] text = Passes.Text(model, 0);

        float[] recorded = Prefill(model, text, tape: true);
        model.RecomputeBlocks = true;
        float[] recomputed = Prefill(model, text, tape: true);

        float[] plain = Prefill(model, text);
        SameBits.Assert(plain, recorded);
        SameBits.Assert(plain, recomputed);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_shared_prefix_equals_ones_own(string name)
    {
        using ILanguageModel model = TinyModels.Create(name);
        int[] text = Passes.Text(model, 0);
        using Passes passes = new(model);
        int first = passes.Kv.Open();
        passes.Add(text.AsSpan(0, 70), first, 0);
        passes.Step();

        int fork = passes.Kv.Fork(first);
        passes.Add(text.AsSpan(70), fork, 70);
        float[] forked = passes.Step();

        SameBits.Assert(Prefill(model, text).AsSpan(70 * Passes.Width(model)).ToArray(), forked);
    }

    private static float[] Prefill(ILanguageModel model, int[] text, int threads = 1, bool tape = false)
    {
        using Passes passes = new(model, threads, tape);
        return passes.Prefill(text);
    }

    private static float[] InChunks(ILanguageModel model, int[] text, int[] sizes)
    {
        using Passes passes = new(model);
        int sequence = passes.Kv.Open();
        List<float> values = [];
        int position = 0;
        foreach (int size in sizes)
        {
            passes.Add(text.AsSpan(position, size), sequence, position);
            values.AddRange(passes.Step());
            position += size;
        }

        return [.. values];
    }
}
