namespace Sputnik.Tensors;

/// <summary>
/// A power of two in a byte, the scale of the microscaling formats: 2^(e − 127), 0xFF is NaN. Source: OCP Microscaling
/// Formats 1.0, 5.4.1; safetensors calls it F8_E8M0, DeepSeek ue8m0.
/// </summary>
public static class E8M0
{
    /// <summary>The value of a byte, exactly; 2^-127 is a subnormal float.</summary>
    public static float Decode(byte bits) => bits switch
    {
        0xFF => float.NaN,
        0 => BitConverter.UInt32BitsToSingle(0x00400000),
        _ => BitConverter.UInt32BitsToSingle((uint)bits << 23),
    };
}
