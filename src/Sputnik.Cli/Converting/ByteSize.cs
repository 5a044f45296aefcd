using System.Globalization;

namespace Sputnik.Cli;

/// <summary>A number of bytes as one types it: 500M, 4G, 4GB; powers of ten, as all our tables have them.</summary>
internal static class ByteSize
{
    /// <summary>The bytes.</summary>
    /// <exception cref="ArgumentException">It is no size.</exception>
    public static long Parse(string option, string text)
    {
        string number = text.Trim().ToUpperInvariant();
        number = number.EndsWith('B') ? number[..^1] : number;
        (long scale, int cut) = number switch
        {
            [.., 'K'] => (1_000L, 1),
            [.., 'M'] => (1_000_000L, 1),
            [.., 'G'] => (1_000_000_000L, 1),
            _ => (1L, 0),
        };
        return double.TryParse(number[..^cut], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value * scale is >= 1 and < long.MaxValue and double bytes
                ? (long)bytes
                : throw new ArgumentException($"{option} takes a size such as 500M or 4G, got '{text}'.");
    }
}
