namespace Sputnik.Tensors;

/// <summary>
/// The definition of a product with a coded format, over stored blocks: for each block of the weight, ascending,
/// y = fma(D, S, y), then y = fma(M, T, y) where there is one, with S = Σ over runs of 32 columns of fma(Σ s · (level −
/// offset) · q, d, S) and T = Σ fma(Σ m · q, d, T). The inner sums are integers below 2²⁴. Tests hold the kernels to it.
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
                for (int run = 0; run < TScales.Runs; run++)
                {
                    int at = col + (run * QuantisedRows.BlockValues);
                    float d = x.Scales(row)[at / QuantisedRows.BlockValues];
                    s = MathF.FusedMultiplyAdd(Sum<TFormat, TScales>(&parts, run, x.Codes(row) + at), d, s);
                    m = MathF.FusedMultiplyAdd(Min<TScales>(&parts, run, x.Codes(row) + at), d, m);
                }

                Result = MathF.FusedMultiplyAdd(Value<TScales>(parts.D), s, Result);
                if (TScales.HasMin)
                {
                    Result = MathF.FusedMultiplyAdd(Value<TScales>(parts.M), m, Result);
                }
            }
        }

        private static int Sum<TFormat, TScales>(BlockParts* parts, int run, sbyte* q)
            where TFormat : unmanaged, ICodedFormat<TFormat>
            where TScales : struct, IScales
        {
            int sum = 0;
            for (int i = 0; i < QuantisedRows.BlockValues; i++)
            {
                int code = parts->Codes[(run * QuantisedRows.BlockValues) + i];
                int level = TFormat.Levels.IsEmpty ? code : TFormat.Levels[code];
                int scale = TScales.Parts == 0 ? 1 : parts->Scales[Part<TScales>(run, i)];
                sum += scale * (level - TFormat.Offset) * q[i];
            }

            return sum;
        }

        private static int Min<TScales>(BlockParts* parts, int run, sbyte* q)
            where TScales : struct, IScales
        {
            int sum = 0;
            for (int i = 0; i < QuantisedRows.BlockValues; i++)
            {
                sum += (TScales.Parts == 0 ? 1 : parts->Mins[Part<TScales>(run, i)]) * q[i];
            }

            return sum;
        }

        private static int Part<TScales>(int run, int i)
            where TScales : struct, IScales => (run * TScales.Parts) + (i * TScales.Parts / QuantisedRows.BlockValues);

        private static float Value<TScales>(ushort bits)
            where TScales : struct, IScales => TScales.Brain ? BitConverter.UInt32BitsToSingle((uint)bits << 16) : F16.Decode(bits);
    }
}
