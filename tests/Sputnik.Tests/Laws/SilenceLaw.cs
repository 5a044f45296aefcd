using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Laws;

/// <summary>A decode step allocates nothing the garbage collector would have to find.</summary>
public sealed class SilenceLaw
{
    private const int WarmUpSteps = 8;
    private const int Steps = 16;

    public static TheoryData<string> Models => [.. TinyModels.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_decode_step_allocates_0_managed_bytes(string name)
    {
        using ILanguageModel model = TinyModels.Create(name);
        using Arena arena = new();
        using Workers workers = new(2);
        using KvCache kv = new(model.KvShape, pages: 8, sequences: 2, maxLength: 256);
        Ops ops = new(arena, workers);
        Batch batch = new(2);
        int first = kv.Open();
        int second = kv.Open();
        long before = 0;

        for (int position = 0; position < WarmUpSteps + Steps; position++)
        {
            if (position == WarmUpSteps)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            arena.Reset();
            batch.Clear();
            kv.Extend(first, position + 1);
            kv.Extend(second, position + 1);
            batch.Add(position, first, position);
            batch.Add(position + 1, second, position);
            ops.Linear(model.Hidden(ops, batch, kv), model.Head);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }
}
