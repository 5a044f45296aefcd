using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// d · s · q − e · m for each 32 values. Bytes: d and e binary16; 12 of <see cref="SixBitPairs"/>; 32 with the fifth bit of
/// value i as bit i / 32 of byte i mod 32; 128 with the low four as in <see cref="Q4_K"/>.
/// </summary>
internal readonly unsafe struct Q5_K : ICodedFormat<Q5_K>
{
    public static int BlockValues => 256;

    public static int BlockBytes => 176;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        float d = F16.Decode(*(ushort*)block);
        float e = F16.Decode(*(ushort*)(block + 2));
        byte* high = block + 16;
        byte* codes = block + 48;
        for (int part = 0; part < 8; part++)
        {
            (int s, int m) = SixBitPairs.Get(block + 4, part);
            float scale = d * s;
            float min = e * m;
            byte* from = codes + (part / 2 * 32);
            int shift = part % 2 * 4;
            for (int l = 0; l < 32; l++)
            {
                int fifth = (high[l] >> part) & 1;
                values[(part * 32) + l] = (scale * (((from[l] >> shift) & 15) + (fifth * 16))) - min;
            }
        }
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        LinedParts parts = new(32, 31, 63);
        LinedParts.Pair* pairs = stackalloc LinedParts.Pair[8];
        byte* levels = stackalloc byte[256];
        LinedParts.Units units = parts.Fit(values, weights, pairs);
        parts.Codes(values, units, pairs, levels);
        *(ushort*)block = units.ScaleBits;
        *(ushort*)(block + 2) = units.MinBits;
        SixBitPairs.Put(pairs, block + 4);
        Packing.Eighths(levels, 4, block + 16);
        Packing.Bits(levels, 256, 0, 15, levels);
        for (int quarter = 0; quarter < 4; quarter++)
        {
            Packing.Halves(levels + (quarter * 64), 32, block + 48 + (quarter * 32));
        }
    }

    public static int Offset => 0;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)block;
        parts->M = (ushort)(*(ushort*)(block + 2) ^ 0x8000);
        SixBitPairs.Split(block + 4, parts);
        Vector256<byte> high = Vector256.Load(block + 16);
        for (int quarter = 0; quarter < 4; quarter++)
        {
            byte* codes = parts->Codes + (quarter * 64);
            Nibbles.SplitWide(block + 48 + (quarter * 32), codes);
            Nibbles.Or(high, 2 * quarter, 1, 4, codes);
            Nibbles.Or(high, (2 * quarter) + 1, 1, 4, codes + 32);
        }
    }
}
