namespace Sputnik.Models;

/// <summary>The metadata of a GGUF file, asked for by key and type.</summary>
public sealed class GgufMetadata
{
    private readonly string _path;
    private readonly Dictionary<string, GgufValue> _values;

    internal GgufMetadata(string path, Dictionary<string, GgufValue> values)
    {
        _path = path;
        _values = values;
    }

    /// <summary>Everything, by key.</summary>
    public IReadOnlyDictionary<string, GgufValue> Values => _values;

    /// <summary>Text under a key; null where there is none.</summary>
    public string? TextOrNull(string key) => Find(key) is not { } value ? null
        : value is { IsText: true, Count: 1 } ? value.Strings[0]
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

    /// <summary>An array or a single value; null where there is none.</summary>
    public GgufValue? Find(string key) => _values.GetValueOrDefault(key);

    private InvalidDataException Missing(string key) => new($"{_path}: the metadata has no '{key}'.");

    private InvalidDataException Wrong(string key, string wanted) => new($"{_path}: '{key}' must be {wanted}, it is {_values[key]}.");
}
