namespace Sputnik.Tests.Tensors;

/// <summary>Equality to the bit, and where it fails.</summary>
internal static class Bits
{
    /// <summary>Every float has the same bits.</summary>
    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]),
                $"[{i}] should be {expected[i]:R}, is {actual[i]:R}.");
        }
    }

    /// <summary>Both floats have the same bits.</summary>
    public static void Equal(float expected, float actual) => Equal([expected], [actual]);
}
