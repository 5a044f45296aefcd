namespace Sputnik.Tensors;

/// <summary>
/// d · s · q − e · m for each 32 values. Bytes: d and e binary16; 12 of <see cref="SixBitPairs"/>; 32 with the fifth bit of
/// value i as bit i / 32 of byte i mod 32; 128 with the low four as in <see cref="Q4_K"/>.
/// </summary>
internal readonly unsafe struct Q5_K : IBlockFormat<Q5_K>
{
    public static int BlockValues => 256;

    public static int BlockBytes => 176;

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
}
