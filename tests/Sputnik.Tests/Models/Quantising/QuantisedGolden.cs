using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

/// <summary>Golden models as sources and as measures of quantised files.</summary>
internal static class QuantisedGolden
{
    public const string Dense = "tiny-qwen2-tied";

    private const int Length = 60;

    /// <summary>A golden file's path; skips where the goldens are not here.</summary>
    public static string File(string model, string type)
    {
        Assert.SkipUnless(Directory.Exists(GoldenFolder.Models), "../shared/golden/models is not here");
        return Path.Combine(GoldenFolder.Models, model, $"{model}.{type}.gguf");
    }

    /// <summary>The log-probabilities of eight times sixty tokens, the weights decoded, so that only the stored values count.</summary>
    public static double[][] LogProbabilities(string path, KvType type = KvType.F32) => [.. Logits(path, sequences: 8, type).Select(LogSoftmax)];

    /// <summary>How narrowly the gates of a mixture choose at each of those tokens.</summary>
    public static double[] Margins(string path)
    {
        using ModelFile file = ModelFile.Open(path, new() { Decoded = true, MaxLength = 128 });
        return [.. Enumerable.Range(0, 8).SelectMany(seed => RoutingMargins.Of(file.Model, Text(file.Model, seed)))];
    }

    /// <summary>The logits of sequences of sixty tokens, the weights decoded.</summary>
    public static float[][] Logits(string path, int sequences = 1, KvType type = KvType.F32)
    {
        using ModelFile file = ModelFile.Open(path, new() { Decoded = true, MaxLength = 128 });
        ILanguageModel model = file.Model;
        using Workers workers = new(2);
        using Arena arena = new();
        using KvCache kv = new(model.KvShape, 8 * sequences, sequences, 128, type);
        Batch batch = new(Length * sequences);
        for (int seed = 0; seed < sequences; seed++)
        {
            int sequence = kv.Open();
            kv.Extend(sequence, Length);
            batch.Add(Text(model, seed), sequence);
        }

        Ops op = new(arena, workers);
        Tensor logits = op.Linear(model.Hidden(op, batch, kv), model.Head);
        return [.. logits.Span.ToArray().Chunk(logits.Cols)];
    }

    /// <summary>Mean divergence of one model's predictions from another's.</summary>
    public static double Divergence(double[][] exact, double[][] other) =>
        exact.Zip(other, (p, q) => p.Zip(q, (a, b) => Math.Exp(a) * (a - b)).Sum()).Average();

    private static int[] Text(ILanguageModel model, int seed) =>
        [.. Enumerable.Range(0, Length).Select(i => ((i * 37) + (seed * i * i)) % model.VocabularySize)];

    private static double[] LogSoftmax(float[] logits)
    {
        double max = logits.Max();
        double sum = Math.Log(logits.Sum(x => Math.Exp(x - max)));
        return [.. logits.Select(x => x - max - sum)];
    }
}
