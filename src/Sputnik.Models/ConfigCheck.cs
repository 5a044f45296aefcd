namespace Sputnik.Models;

/// <summary>Checks of configuration values, under the names config.json gives them.</summary>
internal static class ConfigCheck
{
    // Far above any published model, low enough that products of two sizes cannot overflow an int where heads multiply them.
    public const int MaxSize = 1 << 22;
    public const int MaxHeads = 1 << 10;
    public const int MaxHeadSize = 1 << 14;
    // Published GGUF readers meet files that claim billions of blocks; the largest real models have about 130.
    public const int MaxLayers = 512;
    public const int MaxExperts = 4096;
    public const int MaxLength = 1 << 20;
    // The table of cosines is computed for every position: a million positions of heads of 128.
    private const long MaxRopeValues = 1L << 27;

    public static void Range(string name, int value, int minimum, int maximum)
    {
        if (value < minimum || value > maximum)
        {
            throw new ArgumentException($"'{name}' must be from {minimum} to {maximum}, got {value}.");
        }
    }

    public static void Positive(string name, float value)
    {
        if (!(value > 0) || !float.IsFinite(value))
        {
            throw new ArgumentException($"'{name}' must be a positive number, got {value}.");
        }
    }

    public static void RopeTable(int length, int columns) => That(
        (long)length * columns <= MaxRopeValues,
        $"'max_position_embeddings' times the rotating columns ({columns}) must be at most {MaxRopeValues}, got {(long)length * columns}.");

    public static void That(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
