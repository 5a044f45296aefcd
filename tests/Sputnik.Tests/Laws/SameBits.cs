namespace Sputnik.Tests.Laws;

/// <summary>Equality of floats as bits, and their hash.</summary>
internal static class SameBits
{
    public static void Assert(float[] expected, float[] actual)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        Xunit.Assert.All(expected, value => Xunit.Assert.True(float.IsFinite(value)));
        int different = expected.Zip(actual).Count(pair => BitConverter.SingleToUInt32Bits(pair.First) != BitConverter.SingleToUInt32Bits(pair.Second));
        Xunit.Assert.True(different == 0, $"{different} of {expected.Length} values differ.");
    }

    /// <summary>FNV-1a over the bits, as 16 hex digits.</summary>
    public static string Hash(IEnumerable<float> values)
    {
        ulong hash = 14695981039346656037;
        foreach (float value in values)
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211;
        }

        return $"{hash:x16}";
    }
}
