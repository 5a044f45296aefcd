namespace Sputnik.Tensors;

/// <summary>
/// The definition of a product with a coded format, over stored blocks: for each block of the weight, ascending,
/// y = fma(D, S, y), then y = fma(M, T, y) where there is one, with S = Σ over blocks of 16 columns of fma(s · Σ (level −
/// offset) · q, d, S) and T = Σ fma(m · Σ q, d, T). The integers are below 2²⁴. Tests hold the kernels to it.
/// </summary>
internal static unsafe class QuantDefinition
{
    /// <summary>One output of one row: the dot product of a stored row with a quantised one.</summary>
    public static float Dot(WeightFormat format, byte* stored, QuantisedRows x, int row)
    {
        Definition definition = new(stored, x, row);
        CodedFormats.Apply(format, ref definition);
        return definition.Result;
    }

    private struct Definition(byte* stored, QuantisedRows x, int row) : ICodedUse
    {
        public float Result { get; private set; }

        public void With<TFormat, TCodes, TScales>()
            where TFormat : unmanaged, ICodedFormat<TFormat>
            where TCodes : unmanaged, ICodes<TCodes>
            where TScales : struct, IScales
        {
            BlockParts parts = default;
            byte* block = stored;
            for (int col = 0; col < x.Cols; col += TFormat.BlockValues, block += TFormat.BlockBytes)
            {
                TFormat.Split(block, &parts);
                float s = 0, m = 0;
                for (int half = 0; half < 2 * TScales.Runs; half++)
                {
                    int at = col + (half * QuantisedRows.BlockValues);
                    float d = x.Scales(row)[at / QuantisedRows.BlockValues];
                    int part = half * TScales.Parts / 2;
                    int scale = TScales.Parts == 0 ? 1 : parts.Scales[part], min = TScales.Parts == 0 ? 1 : parts.Mins[part];
                    s = MathF.FusedMultiplyAdd(scale * Sum<TFormat>(parts.Codes + (half * QuantisedRows.BlockValues), x.Codes(row) + at), d, s);
                    m = MathF.FusedMultiplyAdd(min * x.Sums(row)[at / QuantisedRows.BlockValues], d, m);
                }

                Result = MathF.FusedMultiplyAdd(Value<TScales>(parts.D), s, Result);
                if (TScales.HasMin)
                {
                    Result = MathF.FusedMultiplyAdd(Value<TScales>(parts.M), m, Result);
                }
            }
        }

        private static int Sum<TFormat>(byte* codes, sbyte* q)
            where TFormat : unmanaged, ICodedFormat<TFormat>
        {
            int sum = 0;
            for (int i = 0; i < QuantisedRows.BlockValues; i++)
            {
                int level = TFormat.Levels.IsEmpty ? codes[i] : TFormat.Levels[codes[i]];
                sum += (level - TFormat.Offset) * q[i];
            }

            return sum;
        }

        private static float Value<TScales>(ushort bits)
            where TScales : struct, IScales => TScales.Brain ? BitConverter.UInt32BitsToSingle((uint)bits << 16) : F16.Decode(bits);
    }
}
