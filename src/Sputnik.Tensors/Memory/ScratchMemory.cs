using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>Memory of one word, kept and grown, so that a repeated step allocates nothing. What it hands out is not cleared.</summary>
internal sealed unsafe class ScratchMemory : IDisposable
{
    private byte* _data;
    private long _bytes;

    /// <summary>At least so many bytes, 64-byte aligned; what was handed out before is gone.</summary>
    public byte* Take(long bytes)
    {
        if (bytes > _bytes)
        {
            Free();
            _data = (byte*)LargeMemory.Allocate((bytes + sizeof(float) - 1) / sizeof(float));
            _bytes = bytes;
        }

        return _data;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the native memory nobody disposed.</summary>
    ~ScratchMemory() => Free();

    private void Free()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
        _bytes = 0;
    }
}
