using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// One row times a panel, codes read straight from it: the shape of decoding, which is as fast as the panel comes from
/// memory. Equal to <see cref="QuantDefinition"/> to the bit.
/// </summary>
internal static unsafe class OneRow<TCodes, TScales, TDot>
    where TCodes : unmanaged, ICodes<TCodes>
    where TScales : struct, IScales
    where TDot : struct, IByteDot
{
    /// <summary>Computes the part, whose <see cref="PanelPart.Rows"/> is 1.</summary>
    public static void Run(in PanelPart part)
    {
        TCodes codes = TCodes.Create(new(part.Levels, part.LevelCount));
        int offset = part.Offset - TDot.Bias(TCodes.Wide);
        byte* at = part.Panel;
        sbyte* x = part.X;
        float* scale = part.Scales;
        int* sums = part.Sums;
        Vector512<float> y = Vector512<float>.Zero;
        for (int block = 0; block < part.Blocks; block++)
        {
            byte* scales = at;
            at += ScalePlaces<TScales>.Bytes;
            Vector512<float> s = Vector512<float>.Zero, m = Vector512<float>.Zero;
            for (int run = 0; run < TScales.Runs; run++)
            {
                Vector512<float> first = Vector512.Create(scale[0]), second = Vector512.Create(scale[1]);
                Sums(codes, at, x, sums, offset, out Vector512<float> a, out Vector512<float> b);
                s = Vector512.FusedMultiplyAdd(Scaled(a, scales, run, 0), first, s);
                s = Vector512.FusedMultiplyAdd(Scaled(b, scales, run, 1), second, s);
                if (TScales.HasMin)
                {
                    m = Vector512.FusedMultiplyAdd(Min(scales, run, 0, sums[0]), first, m);
                    m = Vector512.FusedMultiplyAdd(Min(scales, run, 1, sums[1]), second, m);
                }

                at += TCodes.Bytes;
                x += QuantisedRows.RunValues;
                scale += 2;
                sums += 2;
            }

            y = Vector512.FusedMultiplyAdd(ScalePlaces<TScales>.D(scales), s, y);
            if (TScales.HasMin)
            {
                y = Vector512.FusedMultiplyAdd(ScalePlaces<TScales>.M(scales), m, y);
            }
        }

        PanelResult.Store(y, part.Y, part.Outputs);
    }

    // Σ (level − offset) · q over either half of a run, integers below 2^24 and so exact in float32.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sums(TCodes codes, byte* at, sbyte* x, int* sums, int offset, out Vector512<float> first, out Vector512<float> second)
    {
        Vector256<int> firstTop = Vector256.Create(-offset * sums[0]), firstBottom = firstTop;
        Vector256<int> secondTop = Vector256.Create(-offset * sums[1]), secondBottom = secondTop;

        // By hand: the JIT does not unroll, and shifts are by constants then.
        Step(codes.Load(at, 0), x, ref firstTop, ref firstBottom, ref secondTop, ref secondBottom);
        Step(codes.Load(at, 1), x + 4, ref firstTop, ref firstBottom, ref secondTop, ref secondBottom);
        Step(codes.Load(at, 2), x + 8, ref firstTop, ref firstBottom, ref secondTop, ref secondBottom);
        Step(codes.Load(at, 3), x + 12, ref firstTop, ref firstBottom, ref secondTop, ref secondBottom);
        first = Vector512.ConvertToSingle(firstTop.ToVector512Unsafe().WithUpper(firstBottom));
        second = Vector512.ConvertToSingle(secondTop.ToVector512Unsafe().WithUpper(secondBottom));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scaled(Vector512<float> sum, byte* scales, int run, int half) =>
        TScales.Parts == 0 ? sum : sum * ScalePlaces<TScales>.Scale(scales, run, half * TScales.Parts / 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Min(byte* scales, int run, int half, float sum) =>
        TScales.Parts == 0 ? Vector512.Create(sum) : ScalePlaces<TScales>.Min(scales, run, half * TScales.Parts / 2) * sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        CodePair pair, sbyte* x, ref Vector256<int> firstTop, ref Vector256<int> firstBottom, ref Vector256<int> secondTop, ref Vector256<int> secondBottom)
    {
        Vector256<sbyte> first = Vector256.Create(*(int*)x).AsSByte(), second = Vector256.Create(*(int*)(x + 16)).AsSByte();
        firstTop = TDot.Add(firstTop, pair.FirstTop, first, TCodes.Wide);
        firstBottom = TDot.Add(firstBottom, pair.FirstBottom, first, TCodes.Wide);
        secondTop = TDot.Add(secondTop, pair.SecondTop, second, TCodes.Wide);
        secondBottom = TDot.Add(secondBottom, pair.SecondBottom, second, TCodes.Wide);
    }
}
