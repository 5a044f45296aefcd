using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>
/// Memory of one step: bump allocation over native blocks that are kept, so that a repeated step allocates nothing. Owned
/// by one thread. What it hands out is not cleared.
/// </summary>
public sealed unsafe class Arena : IDisposable
{
    // 64 MiB: one allocation holds the activations of a micro-batch of a small model.
    private const long BlockFloats = 16L << 20;
    private readonly List<(nint Data, long Floats)> _blocks = [];
    private int _block;
    private long _used;

    /// <summary>Native memory held, in bytes.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Where the arena stands; hand it to <see cref="Release"/>.</summary>
    public ArenaMark Mark() => new(_block, _used);

    /// <summary>Forgets everything allocated since the mark.</summary>
    public void Release(ArenaMark mark) => (_block, _used) = (mark.Block, mark.Used);

    /// <summary>Forgets everything.</summary>
    public void Reset() => Release(default);

    /// <summary>Frees the native memory. Every tensor of this arena is dead afterwards.</summary>
    public void Dispose()
    {
        foreach ((nint data, _) in _blocks)
        {
            NativeMemory.AlignedFree((void*)data);
        }

        _blocks.Clear();
        HeldBytes = 0;
        Reset();
    }

    /// <summary>A fresh matrix off the tape, not cleared: for inputs and results that outlive an op.</summary>
    public Tensor Allocate(int rows, int cols) => new(Floats((long)rows * cols), rows, cols, slot: 0);

    /// <summary>Uncleared floats, 64-byte aligned, alive until the arena is released past them.</summary>
    internal float* Floats(long count)
    {
        count = (count + 15) & ~15L;
        while (_block < _blocks.Count && _used + count > _blocks[_block].Floats)
        {
            _block++;
            _used = 0;
        }

        if (_block == _blocks.Count)
        {
            long floats = Math.Max(BlockFloats, count);
            _blocks.Add(((nint)LargeMemory.Allocate(floats), floats));
            HeldBytes += floats * sizeof(float);
        }

        float* start = (float*)_blocks[_block].Data + _used;
        _used += count;
        return start;
    }
}
