using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>A floating-point format of fewer than 32 bits, 16 values at a time. The values are those of its decode definition, NaN and infinities too.</summary>
internal unsafe interface INarrow
{
    /// <summary>Bytes of a value.</summary>
    static abstract int Bytes { get; }

    /// <summary>Sixteen neighbours in float32.</summary>
    static abstract Vector512<float> Load(byte* from);
}
