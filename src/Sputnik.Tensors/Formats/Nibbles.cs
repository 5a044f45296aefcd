using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Codes of a few bits out of stored bytes, a byte each.</summary>
internal static unsafe class Nibbles
{
    /// <summary>32 codes of 16 bytes: value j in the low half of byte j, value j + 16 in the high half.</summary>
    public static void Split(byte* bytes, byte* codes)
    {
        Vector128<byte> both = Vector128.Load(bytes);
        Vector128<byte> low = Vector128.Create((byte)15);
        (both & low).Store(codes);
        ((both.AsUInt32() >> 4).AsByte() & low).Store(codes + 16);
    }

    /// <summary>64 codes of 32 bytes: value j in the low half of byte j, value j + 32 in the high half.</summary>
    public static void SplitWide(byte* bytes, byte* codes)
    {
        Vector256<byte> both = Vector256.Load(bytes);
        Vector256<byte> low = Vector256.Create((byte)15);
        (both & low).Store(codes);
        ((both.AsUInt32() >> 4).AsByte() & low).Store(codes + 32);
    }

    /// <summary>256 codes of 64 bytes: value i in bits 2 · (i / 32 mod 4) of byte i mod 32 of half i / 128.</summary>
    public static void SplitQuarters(byte* bytes, byte* codes)
    {
        for (int run = 0; run < 8; run++)
        {
            Vector256<byte> four = Vector256.Load(bytes + (run / 4 * 32));
            ((four.AsUInt32() >> (run % 4 * 2)).AsByte() & Vector256.Create((byte)3)).Store(codes + (run * 32));
        }
    }

    /// <summary>Puts bit j of <paramref name="high"/> over the low four bits of code j.</summary>
    public static void AddFifth(uint high, byte* codes)
    {
        for (int j = 0; j < 32; j++)
        {
            codes[j] |= (byte)(((high >> j) & 1) << 4);
        }
    }

    /// <summary>Puts the bits under <paramref name="mask"/> of 32 bytes, from bit <paramref name="from"/>, at bit <paramref name="to"/> of 32 codes.</summary>
    public static void Or(Vector256<byte> bytes, int from, byte mask, int to, byte* codes)
    {
        Vector256<byte> bits = (bytes.AsUInt32() >> from).AsByte() & Vector256.Create(mask);
        (Vector256.Load(codes) | (bits.AsUInt32() << to).AsByte()).Store(codes);
    }
}
