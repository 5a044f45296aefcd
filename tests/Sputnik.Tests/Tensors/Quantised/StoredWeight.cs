using System.Buffers.Binary;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors.Quantised;

/// <summary>Stored weights of any coded format: random bytes, with scales that are sane numbers.</summary>
internal static class StoredWeight
{
    /// <summary>Blocks of a weight [out, in].</summary>
    public static byte[] Bytes(WeightFormat format, int @out, int @in)
    {
        CounterRandom random = new(7, format.Name());
        byte[] bytes = new byte[@out * format.RowBytes(@in)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)random.NextInt(0, 256);
        }

        for (int block = 0; block < bytes.Length; block += format.BlockBytes())
        {
            Span<byte> one = bytes.AsSpan(block, format.BlockBytes());
            if (format == WeightFormat.MXFP4)
            {
                one[0] = (byte)random.NextInt(118, 124);
            }

            foreach (int place in ScalePlaces(format))
            {
                ushort bits = F16.Encode(0.01f + (0.02f * random.NextSingle()));
                BinaryPrimitives.WriteUInt16LittleEndian(one[place..], bits);
            }
        }

        return bytes;
    }

    // Where binary16 scales stand in a block.
    private static int[] ScalePlaces(WeightFormat format) => format switch
    {
        WeightFormat.MXFP4 => [],
        WeightFormat.Q4_1 or WeightFormat.Q5_1 or WeightFormat.Q4_K or WeightFormat.Q5_K => [0, 2],
        WeightFormat.Q2_K => [80, 82],
        WeightFormat.Q3_K => [108],
        WeightFormat.Q6_K => [208],
        WeightFormat.TQ1_0 => [52],
        WeightFormat.TQ2_0 => [64],
        _ => [0],
    };
}
