using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Bench;

/// <summary>Reads memory as fast as vectors load.</summary>
internal static unsafe class Sink
{
    /// <summary>Reads whole blocks of 256 bytes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Read(byte* data, long bytes)
    {
        Vector512<int> a = default, b = default, c = default, d = default;
        for (; bytes >= 256; bytes -= 256, data += 256)
        {
            a ^= Vector512.Load((int*)data);
            b ^= Vector512.Load((int*)(data + 64));
            c ^= Vector512.Load((int*)(data + 128));
            d ^= Vector512.Load((int*)(data + 192));
        }

        return (a ^ b ^ c ^ d)[0];
    }
}
