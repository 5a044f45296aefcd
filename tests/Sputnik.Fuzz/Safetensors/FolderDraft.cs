using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Sputnik.Fuzz;

/// <summary>One safetensors file before it is written: its header as JSON and its data, each of which may be made to lie.</summary>
internal sealed class FolderDraft
{
    private const int LengthBytes = 8;

    /// <summary>The header's text.</summary>
    public required byte[] Header { get; set; }

    /// <summary>The data.</summary>
    public required byte[] Data { get; set; }

    /// <summary>The length that is written instead of the true one.</summary>
    public ulong? ClaimedLength { get; set; }

    /// <summary>A file taken apart.</summary>
    public static FolderDraft Read(byte[] file)
    {
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        return new() { Header = file[LengthBytes..(LengthBytes + length)], Data = file[(LengthBytes + length)..] };
    }

    /// <summary>Tensors laid one after another.</summary>
    public static FolderDraft Of(IEnumerable<(string Name, string Type, JsonNode Shape, byte[] Data)> tensors)
    {
        JsonObject header = [];
        List<byte> data = [];
        foreach ((string name, string type, JsonNode shape, byte[] bytes) in tensors)
        {
            header[name] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = shape.DeepClone(),
                ["data_offsets"] = new JsonArray(data.Count, data.Count + bytes.Length),
            };
            data.AddRange(bytes);
        }

        return new() { Header = Encoding.UTF8.GetBytes(header.ToJsonString()), Data = [.. data] };
    }

    /// <summary>Its tensors.</summary>
    public IEnumerable<(string Name, string Type, JsonNode Shape, byte[] Data)> Tensors()
    {
        JsonObject header = Json();
        foreach ((string name, JsonNode? node) in header.Where(entry => entry.Key != "__metadata__"))
        {
            if (node is JsonObject tensor && tensor["data_offsets"] is JsonArray offsets && tensor["shape"] is { } shape)
            {
                yield return (name, $"{tensor["dtype"]}", shape, Data[(int)(offsets[0] ?? 0)..(int)(offsets[1] ?? 0)]);
            }
        }
    }

    /// <summary>The header as JSON.</summary>
    public JsonObject Json() => JsonNode.Parse(Header)?.AsObject() ?? [];

    /// <summary>The file.</summary>
    public byte[] Write() => [.. BitConverter.GetBytes(ClaimedLength ?? (ulong)Header.Length), .. Header, .. Data];
}
