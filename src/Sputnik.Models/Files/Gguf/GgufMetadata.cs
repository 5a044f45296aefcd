namespace Sputnik.Models;

/// <summary>The metadata of a GGUF file, asked for by key and type.</summary>
public sealed class GgufMetadata
{
    private const string ArrayOfWholes = "an array of integers of 32 bits";

    private readonly Dictionary<string, GgufValue> _values;

    internal GgufMetadata(string path, Dictionary<string, GgufValue> values)
    {
        Path = path;
        _values = values;
    }

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>Everything, by key.</summary>
    public IReadOnlyDictionary<string, GgufValue> Values => _values;

    /// <summary>Text under a key; null where there is none.</summary>
    public string? TextOrNull(string key) => Find(key) is not { } value ? null
        : value is { Count: 1 } && value.Text() is string text ? text
        : throw Wrong(key, "text");

    /// <summary>Text under a key.</summary>
    public string Text(string key) => TextOrNull(key) ?? throw Missing(key);

    /// <summary>An integer that fits 32 bits; null where there is none.</summary>
    public int? WholeOrNull(string key) => Find(key) is not { } value ? null
        : value is { Count: 1 } && value.Whole() is >= int.MinValue and <= int.MaxValue and long whole ? (int)whole
        : throw Wrong(key, "an integer of 32 bits");

    /// <summary>An integer that fits 32 bits.</summary>
    public int Whole(string key) => WholeOrNull(key) ?? throw Missing(key);

    /// <summary>A real number; null where there is none.</summary>
    public float? RealOrNull(string key) => Find(key) is not { } value ? null
        : value is { Count: 1 } && value.Number() is double number ? (float)number
        : throw Wrong(key, "a number");

    /// <summary>A real number.</summary>
    public float Real(string key) => RealOrNull(key) ?? throw Missing(key);

    /// <summary>A truth value; null where there is none.</summary>
    public bool? BooleanOrNull(string key) => Find(key) is not { } value ? null
        : value is { Count: 1 } && value.Whole() is long whole ? whole != 0
        : throw Wrong(key, "true or false");

    /// <summary>An array of text; null where there is none.</summary>
    public GgufValue? TextsOrNull(string key) => Find(key) is not { } value ? null
        : value is { IsText: true, IsArray: true } ? value
        : throw Wrong(key, "an array of text");

    /// <summary>An array of integers that fit 32 bits; null where there is none.</summary>
    public IReadOnlyList<int>? WholesOrNull(string key)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        int[] wholes = new int[value.IsArray ? value.Count : throw Wrong(key, ArrayOfWholes)];
        for (int i = 0; i < wholes.Length; i++)
        {
            wholes[i] = value.Whole(i) is >= int.MinValue and <= int.MaxValue and long whole ? (int)whole : throw Wrong(key, ArrayOfWholes);
        }

        return wholes;
    }

    /// <summary>An array of real numbers; null where there is none.</summary>
    public IReadOnlyList<float>? RealsOrNull(string key)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        float[] reals = new float[value is { IsArray: true, IsText: false } ? value.Count : throw Wrong(key, "an array of numbers")];
        for (int i = 0; i < reals.Length; i++)
        {
            reals[i] = (float)value.Number(i).GetValueOrDefault();
        }

        return reals;
    }

    /// <summary>An array or a single value; null where there is none.</summary>
    public GgufValue? Find(string key) => _values.GetValueOrDefault(key);

    private InvalidDataException Missing(string key) => new($"{Path}: the metadata has no '{key}'.");

    private InvalidDataException Wrong(string key, string wanted) => new($"{Path}: '{key}' must be {wanted}, it is {_values[key]}.");
}
