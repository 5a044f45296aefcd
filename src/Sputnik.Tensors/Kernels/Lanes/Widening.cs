using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sputnik.Tensors;

/// <summary>Sixteen small integers in 32 bits each.</summary>
internal static unsafe class Widening
{
    /// <summary>Sixteen words, the sign extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Words(byte* from)
    {
        Vector256<short> words = Vector256.Load((short*)from);
        return Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Int32(words)
            : Vector512.Create(Vector256.WidenLower(words), Vector256.WidenUpper(words));
    }

    /// <summary>Sixteen bytes, the sign extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Bytes(byte* from)
    {
        Vector128<sbyte> bytes = Vector128.Load((sbyte*)from);
        return Avx512F.IsSupported
            ? Avx512F.ConvertToVector512Int32(bytes)
            : Vector512.Create(Eight(bytes.GetLower()), Eight(bytes.GetUpper()));
    }

    private static Vector256<int> Eight(Vector64<sbyte> bytes)
    {
        Vector128<short> words = Vector128.WidenLower(bytes.ToVector128());
        return Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words));
    }
}
