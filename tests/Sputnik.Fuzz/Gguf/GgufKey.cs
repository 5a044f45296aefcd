using System.Text;

namespace Sputnik.Fuzz;

/// <summary>A metadata entry as bytes, which need not make sense.</summary>
internal sealed class GgufKey
{
    public const uint UInt32 = 4, Int32 = 5, Real = 6, Boolean = 7, String = 8, Array = 9;

    /// <summary>Its name in bytes.</summary>
    public required byte[] Name { get; set; }

    /// <summary>The type of its items.</summary>
    public required uint Type { get; set; }

    /// <summary>Its values in bytes, text without its length.</summary>
    public required List<byte[]> Items { get; init; }

    /// <summary>Whether it is written as an array.</summary>
    public bool IsArray { get; set; }

    /// <summary>How deep arrays are nested around the items.</summary>
    public int Nesting { get; set; }

    /// <summary>The count that is written instead of the true one.</summary>
    public ulong? ClaimedItems { get; set; }

    /// <summary>The length that is written for the name instead of the true one.</summary>
    public ulong? ClaimedName { get; set; }

    /// <summary>The length that is written for text instead of the true one.</summary>
    public ulong? ClaimedLength { get; set; }

    /// <summary>The name as text.</summary>
    public string Text => Encoding.UTF8.GetString(Name);

    public static GgufKey Of(string name, uint value) => Single(name, UInt32, BitConverter.GetBytes(value));

    public static GgufKey Of(string name, float value) => Single(name, Real, BitConverter.GetBytes(value));

    public static GgufKey Of(string name, bool value) => Single(name, Boolean, [value ? (byte)1 : (byte)0]);

    public static GgufKey Of(string name, string value) => Single(name, String, Encoding.UTF8.GetBytes(value));

    public static GgufKey Of(string name, IEnumerable<string> values) => Many(name, String, values.Select(Encoding.UTF8.GetBytes));

    public static GgufKey Of(string name, IEnumerable<int> values) => Many(name, Int32, values.Select(BitConverter.GetBytes));

    public static GgufKey Of(string name, IEnumerable<float> values) => Many(name, Real, values.Select(BitConverter.GetBytes));

    /// <summary>The same entry, to be damaged by itself.</summary>
    public GgufKey Copy() => new()
    {
        Name = Name,
        Type = Type,
        Items = [.. Items],
        IsArray = IsArray,
        Nesting = Nesting,
        ClaimedItems = ClaimedItems,
        ClaimedName = ClaimedName,
        ClaimedLength = ClaimedLength,
    };

    /// <summary>Appends it to a header.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(ClaimedName ?? (ulong)Name.Length);
        writer.Write(Name);
        for (int i = 0; i < Nesting; i++)
        {
            writer.Write(Array);
            writer.Write(i == 0 ? Array : 1);
            writer.Write(1UL);
        }

        if (IsArray)
        {
            writer.Write(Array);
        }

        writer.Write(Type);
        if (IsArray)
        {
            writer.Write(ClaimedItems ?? (ulong)Items.Count);
        }

        foreach (byte[] item in Items)
        {
            if (Type == String)
            {
                writer.Write(ClaimedLength ?? (ulong)item.Length);
            }

            writer.Write(item);
        }
    }

    private static GgufKey Single(string name, uint type, byte[] item) => new() { Name = Encoding.UTF8.GetBytes(name), Type = type, Items = [item] };

    private static GgufKey Many(string name, uint type, IEnumerable<byte[]> items) =>
        new() { Name = Encoding.UTF8.GetBytes(name), Type = type, Items = [.. items], IsArray = true };
}
