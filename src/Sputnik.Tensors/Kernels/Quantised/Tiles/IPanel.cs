using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>A panel's blocks as a tile of rows reads them: packed as they lie in memory, or unpacked before.</summary>
internal unsafe interface IPanel
{
    /// <summary>Bytes of a block.</summary>
    static abstract int BlockBytes { get; }

    /// <summary><see cref="ICodes{TSelf}.Wide"/> of its codes.</summary>
    static abstract bool Wide { get; }

    /// <summary>D of 16 outputs.</summary>
    static abstract Vector512<float> D(byte* block);

    /// <summary>M of 16 outputs.</summary>
    static abstract Vector512<float> M(byte* block);

    /// <summary>s of 16 outputs for half a run; a format has such scales.</summary>
    static abstract Vector512<float> Scale(byte* block, int run, int half);

    /// <summary>m of 16 outputs for half a run.</summary>
    static abstract Vector512<float> Min(byte* block, int run, int half);

    /// <summary>The codes of a run.</summary>
    static abstract byte* Codes(byte* block, int run);

    /// <summary>Levels of one of the four groups of half a run. Half and group are constants where it is called.</summary>
    Levels16 Levels(byte* codes, int half, int group);
}
