namespace Sputnik.Tensors;

/// <summary>
/// How the values of a weight are stored, spelt as ggml spells them; <see cref="WeightFormats"/> tells sizes, decodes and
/// encodes.
/// </summary>
public enum WeightFormat
{
    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>IEEE 754 binary16.</summary>
    F16,

    /// <summary>The upper half of a binary32.</summary>
    BF16,

    /// <summary>4 bits of exponent, 3 of mantissa, no infinities; its scales lie in another tensor.</summary>
    F8E4M3,

    /// <summary>4 bits a value, a scale for 32.</summary>
    Q4_0,

    /// <summary>4 bits a value, a scale and a minimum for 32.</summary>
    Q4_1,

    /// <summary>5 bits a value, a scale for 32.</summary>
    Q5_0,

    /// <summary>5 bits a value, a scale and a minimum for 32.</summary>
    Q5_1,

    /// <summary>8 bits a value, a scale for 32.</summary>
    Q8_0,

    /// <summary>2 bits a value; scales and minima of 4 bits for 16, of which 256 values share the units.</summary>
    Q2_K,

    /// <summary>3 bits a value; scales of 6 bits for 16, of which 256 values share the unit.</summary>
    Q3_K,

    /// <summary>4 bits a value; scales and minima of 6 bits for 32, of which 256 values share the units.</summary>
    Q4_K,

    /// <summary>5 bits a value; scales and minima of 6 bits for 32, of which 256 values share the units.</summary>
    Q5_K,

    /// <summary>6 bits a value; scales of 8 bits for 16, of which 256 values share the unit.</summary>
    Q6_K,

    /// <summary>4 bits a value into a table of 16 levels denser around zero, a scale for 32.</summary>
    IQ4_NL,

    /// <summary>The levels of <see cref="IQ4_NL"/>; scales of 6 bits for 32, of which 256 values share the unit.</summary>
    IQ4_XS,

    /// <summary>−1, 0 or 1, five to a byte, a scale for 256.</summary>
    TQ1_0,

    /// <summary>−1, 0 or 1, four to a byte, a scale for 256.</summary>
    TQ2_0,

    /// <summary>4-bit floats (E2M1), a power of two for 32: OCP Microscaling Formats 1.0.</summary>
    MXFP4,
}
