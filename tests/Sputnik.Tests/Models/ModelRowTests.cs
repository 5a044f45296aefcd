using Sputnik.Models;

namespace Sputnik.Tests.Models;

/// <summary>The row law over the options of all families: how the work is cut changes no bit of any logit.</summary>
public sealed class ModelRowTests
{
    // Longer than a page of the cache, around its edge, and short.
    private static readonly int[] Lengths = [70, 64, 9];

    public static TheoryData<string> Models => ["qwen", "qwen tied", "llama", "mistral", "qwen2", "qwen moe", "expanded", "absorbed", "direct query", "softmax"];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_tape_changes_no_bit(string shape) => Same(shape, recorded: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void Recomputed_blocks_change_no_bit(string shape) => Same(shape, recorded: true, recompute: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void Two_threads_change_no_bit(string shape) => Same(shape, threads: 2);

    [Theory]
    [MemberData(nameof(Models))]
    public void Three_threads_change_no_bit(string shape) => Same(shape, threads: 3, recorded: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void Decoding_all_sequences_together_changes_no_bit(string shape) => Same(shape, Together());

    [Theory]
    [MemberData(nameof(Models))]
    public void Decoding_one_sequence_after_the_other_changes_no_bit(string shape) => Same(shape, Alone());

    [Theory]
    [MemberData(nameof(Models))]
    public void Prefill_in_pieces_changes_no_bit(string shape) => Same(shape, Pieces(5), threads: 2);

    [Theory]
    [MemberData(nameof(Models))]
    public void Prefill_then_decode_changes_no_bit(string shape) => Same(shape, PrefillThenDecode());

    private static void Same(string shape, IEnumerable<int[]>? steps = null, int threads = 1, bool recorded = false, bool recompute = false)
    {
        using ILanguageModel model = Rollout.Model(shape);
        int[][] sequences = Rollout.Sequences(model.VocabularySize, Lengths);
        float[][] expected = Rollout.Logits(model, sequences);
        model.RecomputeBlocks = recompute;

        float[][] actual = Rollout.Logits(model, sequences, steps, threads, recorded);

        Assert.All(expected[0], logit => Assert.True(float.IsFinite(logit)));
        Assert.Equal(expected, actual);
    }

    private static IEnumerable<int[]> Together() => Pieces(1);

    private static IEnumerable<int[]> Pieces(int size)
    {
        for (int at = 0; at < Lengths.Max(); at += size)
        {
            yield return [.. Lengths.Select(length => Math.Clamp(length - at, 0, size))];
        }
    }

    private static IEnumerable<int[]> Alone()
    {
        for (int s = 0; s < Lengths.Length; s++)
        {
            for (int at = 0; at < Lengths[s]; at++)
            {
                yield return [.. Lengths.Select((_, other) => other == s ? 1 : 0)];
            }
        }
    }

    private static IEnumerable<int[]> PrefillThenDecode()
    {
        yield return [63, 7, 4];
        for (int at = 0; at < 57; at++)
        {
            yield return [at < 7 ? 1 : 0, 1, at < 5 ? 1 : 0];
        }
    }
}
