namespace Sputnik.Tensors;

/// <summary>E5M2: the upper half of a binary16, infinities and NaN included. Source: OCP 8-bit Floating Point 1.0.</summary>
public static class F8E5M2
{
    /// <summary>The value of a byte, exactly.</summary>
    public static float Decode(byte bits) => F16.Decode((ushort)(bits << 8));
}
