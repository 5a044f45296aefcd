using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>
/// One Muon step over many matrices, each by one thread: m = μ m + g; u = g + μ m; O = u with its singular values moved
/// near 1 by five Newton–Schulz iterations; w = keep · w − rate · √max(1, Out / In) · O. The bits do not depend on the threads.
/// </summary>
public sealed unsafe class MuonStep : IDisposable
{
    private readonly Workers _workers;
    private readonly Weight[] _weights;
    private readonly Weight[] _momenta;
    private readonly MuonView[] _views;
    private readonly long _scratchFloats;
    private float* _scratch;

    /// <summary>A step over <paramref name="weights"/>; the momentum of each has its shape and belongs to the caller.</summary>
    public MuonStep(Workers workers, IReadOnlyList<Weight> weights, IReadOnlyList<Weight> momenta)
    {
        _workers = workers;
        // The dearest first, so that no thread is left alone with a large one.
        int[] order = [.. Enumerable.Range(0, weights.Count).OrderByDescending(i => Cost(weights[i]))];
        _weights = [.. order.Select(i => weights[i])];
        _momenta = [.. order.Select(i => momenta[i])];
        _views = GC.AllocateArray<MuonView>(_weights.Length, pinned: true);
        foreach (Weight weight in _weights)
        {
            _scratchFloats = Math.Max(_scratchFloats, (MuonKernel.ScratchFloats(weight.Out, weight.In) + 15) & ~15L);
        }

        _scratch = (float*)NativeMemory.AlignedAlloc(checked((nuint)(_scratchFloats * workers.Threads * sizeof(float))), 64);
    }

    /// <summary>Updates every weight from its gradient, which stays as it is.</summary>
    public void Apply(in MuonFactors factors)
    {
        for (int i = 0; i < _weights.Length; i++)
        {
            if (!_weights[i].Trainable)
            {
                throw new InvalidOperationException($"'{_weights[i].Name}' has no gradient to step along: Train() it first.");
            }

            _views[i] = new(_weights[i], _momenta[i]);
        }

        int next = 0;
        fixed (MuonView* views = _views)
        {
            Job job = new(views, _views.Length, factors, _scratch, _scratchFloats, &next);
            _workers.Run(ref job, _workers.Threads);
        }

        foreach (Weight weight in _weights)
        {
            weight.Touch();
        }
    }

    /// <summary>Frees the scratch.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_scratch);
        _scratch = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the scratch of a step nobody disposed.</summary>
    ~MuonStep() => NativeMemory.AlignedFree(_scratch);

    private static long Cost(Weight weight) => weight.Count * Math.Min(weight.Out, weight.In);

    /// <summary>One lane of scratch that takes weight after weight: which lane takes which changes no bit.</summary>
    private readonly struct Job(MuonView* views, int count, MuonFactors factors, float* scratch, long floats, int* next) : IJob
    {
        public void Run(int index)
        {
            for (int i = Interlocked.Increment(ref *next) - 1; i < count; i = Interlocked.Increment(ref *next) - 1)
            {
                MuonKernel.Run(views[i], factors, scratch + (floats * index));
            }
        }
    }
}
