using System.Text;

namespace Sputnik.Fuzz;

/// <summary>A GGUF file before it is written, any field of which may be made to lie.</summary>
internal sealed class GgufDraft
{
    /// <summary>Its first four bytes.</summary>
    public byte[] Magic { get; set; } = "GGUF"u8.ToArray();

    /// <summary>Its version.</summary>
    public uint Version { get; set; } = 3;

    /// <summary>The metadata.</summary>
    public List<GgufKey> Keys { get; init; } = [];

    /// <summary>The tensors.</summary>
    public List<GgufPart> Parts { get; init; } = [];

    /// <summary>The count that is written instead of the true one.</summary>
    public ulong? ClaimedKeys { get; set; }

    /// <summary>The count that is written instead of the true one.</summary>
    public ulong? ClaimedParts { get; set; }

    /// <summary>What the data is really aligned to.</summary>
    public int Alignment { get; set; } = 32;

    /// <summary>A copy to be damaged.</summary>
    public GgufDraft Copy() => new()
    {
        Magic = Magic,
        Version = Version,
        Keys = [.. Keys.Select(key => key.Copy())],
        Parts = [.. Parts.Select(part => part.Copy())],
        ClaimedKeys = ClaimedKeys,
        ClaimedParts = ClaimedParts,
        Alignment = Alignment,
    };

    /// <summary>An entry by name; null where it is gone.</summary>
    public GgufKey? Key(string name) => Keys.FirstOrDefault(key => key.Text == name);

    /// <summary>A tensor by name.</summary>
    public GgufPart Part(string name) => Parts.First(part => Encoding.UTF8.GetString(part.Name) == name);

    /// <summary>The file, and how many of its bytes come before the data.</summary>
    public (byte[] File, int Header) Write()
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(ClaimedParts ?? (ulong)Parts.Count);
        writer.Write(ClaimedKeys ?? (ulong)Keys.Count);
        foreach (GgufKey key in Keys)
        {
            key.Write(writer);
        }

        ulong offset = 0;
        foreach (GgufPart part in Parts)
        {
            writer.Write((ulong)part.Name.Length);
            writer.Write(part.Name);
            writer.Write(part.ClaimedDimensions ?? (uint)part.Dimensions.Length);
            Array.ForEach(part.Dimensions, writer.Write);
            writer.Write(part.Type);
            writer.Write(part.ClaimedOffset ?? offset);
            offset += (ulong)Padded(part.Data.Length);
        }

        int header = (int)stream.Position;
        writer.Write(new byte[Padded(header) - header]);
        foreach (GgufPart part in Parts)
        {
            writer.Write(part.Data);
            writer.Write(new byte[Padded(part.Data.Length) - part.Data.Length]);
        }

        writer.Flush();
        return (stream.ToArray(), header);
    }

    private int Padded(int bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
