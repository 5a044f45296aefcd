namespace Sputnik.Tensors;

/// <summary>
/// Counter-based random numbers: value i of a stream is Philox4x32-10(key, i), so a stream can be named, resumed and
/// split without state. Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
/// </summary>
/// <remarks>A mutable value: copy it to fork a stream, store <see cref="Position"/> to resume it.</remarks>
public struct CounterRandom
{
    private readonly ulong _key;

    private CounterRandom(ulong key, ulong position)
    {
        _key = key;
        Position = position;
    }

    /// <summary>The stream called <paramref name="name"/> of a seed, from its start.</summary>
    public CounterRandom(ulong seed, string name)
        : this(Mix(seed, Hash(name)), 0)
    {
    }

    /// <summary>How many 32-bit values have been drawn.</summary>
    public ulong Position { get; private set; }

    /// <summary>This stream continued at a stored position.</summary>
    public readonly CounterRandom At(ulong position) => new(_key, position);

    /// <summary>An independent stream for item <paramref name="index"/>; does not depend on <see cref="Position"/>.</summary>
    public readonly CounterRandom Split(ulong index) => new(Mix(_key, index + 1), 0);

    /// <summary>Uniform over all 32-bit values.</summary>
    public uint NextUInt32()
    {
        (uint a, uint b, uint c, uint d) = Philox(_key, Position >> 2);
        uint lane = (uint)Position & 3;
        Position++;
        return lane switch { 0 => a, 1 => b, 2 => c, _ => d };
    }

    /// <summary>Uniform in [0, 1) with 24 bits.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / 16777216f);

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public double NextDouble()
    {
        ulong high = NextUInt32();
        ulong low = NextUInt32();
        return (((high << 32) | low) >> 11) * (1.0 / 9007199254740992.0);
    }

    /// <summary>Uniform in [minimum, maximum], both included.</summary>
    public int NextInt(int minimum, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, minimum);
        ulong span = (ulong)((long)maximum - minimum + 1);
        return (int)(minimum + (long)((NextUInt32() * span) >> 32));
    }

    /// <summary>
    /// Mean 0, variance 1: the sum of twelve uniforms less six (Irwin–Hall). No logarithm or cosine, so the same bits on
    /// every system; |value| ≤ 6.
    /// </summary>
    public float NextNormal()
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += NextUInt32() * (1.0 / 4294967296.0);
        }

        return (float)sum;
    }

    /// <summary>The ten rounds of Philox4x32 on counter (block, 0).</summary>
    internal static (uint A, uint B, uint C, uint D) Philox(ulong key, ulong block)
    {
        uint c0 = (uint)block, c1 = (uint)(block >> 32), c2 = 0, c3 = 0;
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0;
            ulong p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>FNV-1a of the UTF-16 units: string.GetHashCode differs from run to run.</summary>
    private static ulong Hash(string name)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return hash;
    }

    /// <summary>The finaliser of SplitMix64 over both words.</summary>
    private static ulong Mix(ulong a, ulong b)
    {
        ulong z = a + (0x9E3779B97F4A7C15 * (b + 1));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
