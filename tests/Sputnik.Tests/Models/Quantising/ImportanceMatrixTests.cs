using System.Text;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

public sealed class ImportanceMatrixTests : IDisposable
{
    private const string Tensor = "blk.0.ffn_down.weight";
    private const int Cols = 512;
    private const float Counted = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-importance").FullName;

    // Half of the columns matter a thousand times as much.
    private static float[] Means => [.. Enumerable.Range(0, Cols).Select(i => i % 2 == 0 ? 1000f : 1f)];

    [Fact]
    public void Both_kinds_of_file_give_the_same_model()
    {
        QuantiseReport newer = Quantise(Gguf(Tensor, Means, "newer.gguf"), "newer-model.gguf");
        QuantiseReport older = Quantise(Older(Tensor, Means), "older-model.gguf");

        Assert.Equal(File.ReadAllBytes(newer.Files[0]), File.ReadAllBytes(older.Files[0]));
        Assert.Equal(Tensor, Assert.Single(newer.Tensors, t => t.Weighted).Name);
    }

    [Fact]
    public void Columns_that_matter_are_stored_better()
    {
        float[] exact = Values(QuantisedGolden.File(QuantisedGolden.Dense, "F32"));
        float[] plain = Values(Quantise(null, "plain.gguf").Files[0]), weighted = Values(Quantise(Gguf(Tensor, Means, "i.gguf"), "weighted.gguf").Files[0]);

        Assert.True(Error(exact, weighted) < 0.9 * Error(exact, plain), $"{Error(exact, weighted)} with importance, {Error(exact, plain)} without");
    }

    [Fact]
    public void Importances_of_another_model_are_refused()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Quantise(Gguf(Tensor, [1, 2, 3, 4], "other.gguf"), "x.gguf"));

        Assert.Contains("of another model", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1f)]
    public void What_is_no_importance_is_refused(float value)
    {
        Assert.Throws<InvalidDataException>(() => ImportanceMatrix.Open(Older(Tensor, [1, value])));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Older(Tensor, [1, 2, 3]));
        string path = Path.Combine(_folder, "cut.dat");
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);

            Assert.Throws<InvalidDataException>(() => ImportanceMatrix.Open(path));
        }
    }

    [Fact]
    public void An_expert_that_no_token_met_has_columns_that_count_alike()
    {
        string path = Path.Combine(_folder, "experts.gguf");
        Write(path, "blk.0.ffn_up_exps.weight", [8, 4, 0, 0], [4, 0]);

        Assert.Equal([2, 1, 1, 1], ImportanceMatrix.Open(path).Of(new("blk.0.ffn_up_exps.weight", [2, 5, 2], WeightFormat.F32, (_, _) => { })) ?? []);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static double Error(float[] exact, float[] stored) =>
        exact.Zip(stored, (a, b) => (double)(a - b) * (a - b)).Select((square, i) => square * Means[i % Cols]).Sum();

    private static float[] Values(string path)
    {
        GgufTensor tensor = GgufFile.Open(path).Tensors[Tensor];
        using Weight weight = Weight.Frozen(Tensor, (int)tensor.Dimensions[1], (int)tensor.Dimensions[0], tensor.Format, tensor.Stored);
        return weight.Values.ToArray();
    }

    private QuantiseReport Quantise(string? importance, string name)
    {
        using Workers workers = new(2);
        QuantiseOptions options = new() { Type = QuantisedType.Parse("Q4_K_S"), Importance = importance is null ? null : ImportanceMatrix.Open(importance) };
        return Quantiser.Write(GgufContent.Of(GgufFile.Open(QuantisedGolden.File(QuantisedGolden.Dense, "F32"))), Path.Combine(_folder, name), options, workers);
    }

    private string Gguf(string tensor, float[] means, string name)
    {
        string path = Path.Combine(_folder, name);
        Write(path, tensor, [.. means.Select(mean => mean * Counted)], [Counted]);
        return path;
    }

    private static void Write(string path, string tensor, float[] sums, float[] counts) => GgufWriter.Write(
        path,
        new Dictionary<string, GgufValue> { ["general.type"] = GgufValue.Of("imatrix") },
        [
            new($"{tensor}.in_sum2", [sums.Length / counts.Length, counts.Length], WeightFormat.F32, stream => Array.ForEach(sums, v => stream.Write(BitConverter.GetBytes(v)))),
            new($"{tensor}.counts", [1, counts.Length], WeightFormat.F32, stream => Array.ForEach(counts, v => stream.Write(BitConverter.GetBytes(v)))),
        ]);

    private string Older(string tensor, float[] means)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.dat");
        using BinaryWriter writer = new(File.Create(path));
        byte[] name = Encoding.UTF8.GetBytes(tensor);
        writer.Write(1);
        writer.Write(name.Length);
        writer.Write(name);
        writer.Write((int)Counted);
        writer.Write(means.Length);
        Array.ForEach(means, mean => writer.Write(mean * Counted));
        return path;
    }
}
