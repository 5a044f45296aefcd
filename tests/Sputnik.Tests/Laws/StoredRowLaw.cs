using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Laws;

/// <summary>The row law over a cache that rounds: a row reads what is stored, its own key and value too, in whatever company it is computed.</summary>
public sealed class StoredRowLaw
{
    public static TheoryData<string, KvType> Cases => [.. TinyModels.Names.SelectMany(name => new[] { (name, KvType.BF16), (name, KvType.Q8_0) })];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Chunks_threads_and_company_change_nothing(string name, KvType type)
    {
        using ILanguageModel model = TinyModels.Create(name);
        int[] text = Passes.Text(model, 0);
        using Passes whole = new(model, type: type);
        float[] expected = whole.Prefill(text);

        foreach ((int chunk, int threads) in new[] { (1, 1), (7, 2), (64, 3) })
        {
            SameBits.Assert(expected, InCompany(model, text, chunk, threads, type));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_shared_prefix_equals_ones_own(string name, KvType type)
    {
        using ILanguageModel model = TinyModels.Create(name);
        int[] text = Passes.Text(model, 0);
        using Passes whole = new(model, type: type);
        float[] expected = whole.Prefill(text).AsSpan(70 * Passes.Width(model)).ToArray();
        using Passes passes = new(model, type: type);
        int first = passes.Kv.Open();
        passes.Add(text.AsSpan(0, 70), first, 0);
        passes.Step();

        int fork = passes.Kv.Fork(first);
        passes.Add(Passes.Text(model, 3, 20), first, 70);
        passes.Step();
        passes.Add(text.AsSpan(70), fork, 70);

        SameBits.Assert(expected, passes.Step());
    }

    private static float[] InCompany(ILanguageModel model, int[] text, int chunk, int threads, KvType type)
    {
        using Passes passes = new(model, threads, type: type);
        int sequence = passes.Kv.Open();
        int other = passes.Kv.Open();
        List<float> values = [];
        for (int position = 0; position < text.Length; position += chunk)
        {
            int rows = Math.Min(chunk, text.Length - position);
            passes.Add(Passes.Text(model, 1, rows), other, position);
            passes.Add(text.AsSpan(position, rows), sequence, position);
            values.AddRange(passes.Step().AsSpan(rows * Passes.Width(model)));
        }

        return [.. values];
    }
}
