using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Codes, one a byte, packed as ggml packs them.</summary>
internal static unsafe class Packing
{
    /// <summary>Codes of 4 bits: code j in the low half of byte j, code j + count in the high half. [2 · count] → [count]</summary>
    public static void Halves(byte* codes, int count, byte* packed)
    {
        for (int j = 0; j < count; j += 16)
        {
            (Vector128.Load(codes + j) | (Vector128.Load(codes + count + j) << 4)).Store(packed + j);
        }
    }

    /// <summary>
    /// Codes of 2 bits: byte i mod 32 of half i / 128 holds code i in bits 2 · (i / 32 mod 4). [256] → [64]
    /// </summary>
    public static void Quarters(byte* codes, byte* packed)
    {
        for (int j = 0; j < 64; j += 16)
        {
            byte* from = codes + (j / 32 * 128) + (j % 32);
            Vector128<byte> low = Vector128.Load(from) | (Vector128.Load(from + 32) << 2);
            Vector128<byte> high = Vector128.Load(from + 64) | (Vector128.Load(from + 96) << 2);
            (low | (high << 4)).Store(packed + j);
        }
    }

    /// <summary>Bit <paramref name="bit"/> of code i as bit i / 32 of byte i mod 32. [256] → [32]</summary>
    public static void Eighths(byte* codes, int bit, byte* packed)
    {
        for (int j = 0; j < 32; j += 16)
        {
            Vector128<byte> bits = default;
            for (int k = 0; k < 8; k++)
            {
                bits |= ((Vector128.Load(codes + (k * 32) + j) >>> bit) & Vector128<byte>.One) << k;
            }

            bits.Store(packed + j);
        }
    }

    /// <summary>The bits of each code that <paramref name="mask"/> leaves after a shift. [count] → [count]</summary>
    public static void Bits(byte* codes, int count, int shift, byte mask, byte* bits)
    {
        for (int j = 0; j < count; j += 16)
        {
            ((Vector128.Load(codes + j) >>> shift) & Vector128.Create(mask)).Store(bits + j);
        }
    }

    /// <summary>Bit <paramref name="bit"/> of code j as bit j. [32] → 32 bits</summary>
    public static uint Mask(byte* codes, int bit)
    {
        uint mask = 0;
        for (int j = 0; j < 32; j++)
        {
            mask |= (((uint)codes[j] >> bit) & 1) << j;
        }

        return mask;
    }
}
