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
                Vector512<float> dx = Vector512.Create(*scale++);
                s = Vector512.FusedMultiplyAdd(Sum(codes, at, x, sums, offset, scales, run), dx, s);
                if (TScales.HasMin)
                {
                    m = Vector512.FusedMultiplyAdd(RunMin<TScales>.Of(scales, run, sums), dx, m);
                }

                at += TCodes.Bytes;
                x += QuantisedRows.BlockValues;
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

    // Σ s · (level − offset) · q over a run, an integer below 2^24 and so exact in float32.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sum(TCodes codes, byte* at, sbyte* x, int* sums, int offset, byte* scales, int run)
    {
        Vector256<int> firstTop = Vector256.Create(-offset * sums[0]), firstBottom = firstTop;
        Vector256<int> secondTop = Vector256.Create(-offset * sums[1]), secondBottom = secondTop;
        // By hand: the JIT does not unroll, and shifts are by constants then.
        Step(codes.Load(at, 0), x, ref firstTop, ref firstBottom, ref secondTop, ref secondBottom);
        Step(codes.Load(at, 1), x + 4, ref firstTop, ref firstBottom, ref secondTop, ref secondBottom);
        Step(codes.Load(at, 2), x + 8, ref firstTop, ref firstBottom, ref secondTop, ref secondBottom);
        Step(codes.Load(at, 3), x + 12, ref firstTop, ref firstBottom, ref secondTop, ref secondBottom);

        if (TScales.Parts < 2)
        {
            Vector512<float> sum = Vector512.ConvertToSingle(Vector512.Create(firstTop + secondTop, firstBottom + secondBottom));
            return TScales.Parts == 0 ? sum : sum * ScalePlaces<TScales>.Scale(scales, run, 0);
        }

        Vector512<float> first = Vector512.ConvertToSingle(Vector512.Create(firstTop, firstBottom));
        Vector512<float> second = Vector512.ConvertToSingle(Vector512.Create(secondTop, secondBottom));
        return Vector512.FusedMultiplyAdd(
            second, ScalePlaces<TScales>.Scale(scales, run, 1), first * ScalePlaces<TScales>.Scale(scales, run, 0));
    }

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
