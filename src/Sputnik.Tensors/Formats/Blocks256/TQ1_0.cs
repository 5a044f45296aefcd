namespace Sputnik.Tensors;

/// <summary>
/// (q − 1) · d with q of 0, 1, 2. Bytes: 32, then 16, with five q each, and 4 with four; d binary16. A byte is
/// ⌈256 · t / 243⌉ for t = Σ qₙ · 3^(4 − n), so that qₙ is the carry out of (byte · 3ⁿ mod 256) · 3. Value n · w + k of a
/// group of w bytes is qₙ of its byte k.
/// </summary>
internal readonly unsafe struct TQ1_0 : ICodedFormat<TQ1_0>
{
    public static int BlockValues => 256;

    public static int BlockBytes => 54;

    public static float Largest => F16.Largest;

    public static void Decode(byte* block, float* values)
    {
        float d = F16.Decode(*(ushort*)(block + 52));
        Decode(d, block, 32, 5, values);
        Decode(d, block + 32, 16, 5, values + 160);
        Decode(d, block + 48, 4, 4, values + 240);
    }

    public static void Encode(float* values, float* weights, byte* block)
    {
        byte* digits = stackalloc byte[256];
        ushort d = F16.EncodeFinite(MathF.Abs(ScaleSearch<Ternary>.Best(values, weights, 256)));
        ScaleSearch<Ternary>.Codes(values, 256, F16.Decode(d), digits);
        Encode(digits, 32, 5, block);
        Encode(digits + 160, 16, 5, block + 32);
        Encode(digits + 240, 4, 4, block + 48);
        *(ushort*)(block + 52) = d;
    }

    private static void Decode(float d, byte* bytes, int width, int digits, float* values)
    {
        for (int k = 0; k < width; k++)
        {
            int rest = bytes[k];
            for (int n = 0; n < digits; n++)
            {
                values[(n * width) + k] = ((rest * 3 >> 8) - 1) * d;
                rest = rest * 3 & 255;
            }
        }
    }

    private static void Encode(byte* values, int width, int digits, byte* bytes)
    {
        for (int k = 0; k < width; k++)
        {
            int number = 0;
            for (int n = 0; n < 5; n++)
            {
                number = (number * 3) + (n < digits ? values[(n * width) + k] : 0);
            }

            bytes[k] = (byte)(((number * 256) + 242) / 243);
        }
    }

    public static int Offset => 1;

    public static ReadOnlySpan<byte> Levels => [];

    public static void Split(byte* block, BlockParts* parts)
    {
        parts->D = *(ushort*)(block + 52);
        Digits(block, 32, 5, parts->Codes);
        Digits(block + 32, 16, 5, parts->Codes + 160);
        Digits(block + 48, 4, 4, parts->Codes + 240);
    }

    private static void Digits(byte* bytes, int width, int digits, byte* codes)
    {
        for (int k = 0; k < width; k++)
        {
            int rest = bytes[k];
            for (int n = 0; n < digits; n++)
            {
                codes[(n * width) + k] = (byte)(rest * 3 >> 8);
                rest = rest * 3 & 255;
            }
        }
    }
}
