using System.Buffers.Binary;
using System.Text;
using Sputnik.Models;

namespace Sputnik.Tests.Models;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"sputnik-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Types_that_float32_holds_exactly_are_read()
    {
        byte[] data =
        [
            .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-0f),
            .. BitConverter.GetBytes((Half)0.333), .. BitConverter.GetBytes(Half.PositiveInfinity),
            0x80, 0x3F, 0x01, 0x00,
        ];
        Write("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"h":{"dtype":"F16","shape":[1,2],"data_offsets":[8,12]},"b":{"dtype":"BF16","shape":[2,1],"data_offsets":[12,16]},"__metadata__":{"format":"pt"}}   """, data);

        using SafetensorsFile file = SafetensorsFile.Open(_path);

        Assert.Equal([1.5f, -0f], Read(file, "a"));
        Assert.Equal([(float)(Half)0.333, float.PositiveInfinity], Read(file, "h"));
        Assert.Equal([1f, BitConverter.UInt32BitsToSingle(0x10000)], Read(file, "b"));
    }

    [Fact]
    public void A_tensor_larger_than_one_part_is_read_whole()
    {
        float[] values = [.. Enumerable.Range(0, 300_001).Select(i => i * 0.5f)];
        byte[] data = [.. values.SelectMany(BitConverter.GetBytes)];
        Write($$$"""{"a":{"dtype":"F32","shape":[{{{values.Length}}}],"data_offsets":[0,{{{data.Length}}}]}}""", data);

        using SafetensorsFile file = SafetensorsFile.Open(_path);

        Assert.Equal(values, Read(file, "a"));
    }

    [Theory]
    [InlineData("""[]""", 0)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", 4)]
    [InlineData("""{"a":1}""", 0)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0)]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5)]
    [InlineData("""{"__metadata__":{"format":1}}""", 0)]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[[[1]]],"data_offsets":[0,4]}}""", 4)]
    public void A_header_that_does_not_describe_the_file_is_refused(string header, int dataBytes)
    {
        Write(header, new byte[dataBytes]);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(_path).Dispose());

        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(3UL)]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    public void A_header_length_beyond_the_file_is_refused(ulong length)
    {
        byte[] bytes = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(_path, bytes);

        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(_path).Dispose());
    }

    [Fact]
    public void A_file_shorter_than_the_length_field_is_refused()
    {
        File.WriteAllBytes(_path, new byte[7]);

        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(_path).Dispose());
    }

    [Fact]
    public void Invalid_utf8_in_a_name_is_refused()
    {
        byte[] header = Encoding.Latin1.GetBytes("{\"\xff\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}");
        Write(header, new byte[4]);

        Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(_path).Dispose());
    }

    [Fact]
    public void An_unknown_type_is_named()
    {
        Write("""{"a":{"dtype":"F4","shape":[2],"data_offsets":[0,1]}}""", new byte[1]);

        NotSupportedException error = Assert.Throws<NotSupportedException>(() => SafetensorsFile.Open(_path).Dispose());

        Assert.Contains("'F4'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_single_corrupted_header_byte_is_read_or_refused_cleanly()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"F16","shape":[2],"data_offsets":[8,12]}}""");
        for (int at = 0; at < header.Length; at++)
        {
            foreach (byte value in (byte[])[0, (byte)'"', (byte)'9', (byte)'-', (byte)'{', 0x80, 0xFF])
            {
                byte[] broken = [.. header];
                broken[at] = value;
                Write(broken, new byte[12]);

                Exception? error = Record.Exception(() => SafetensorsFile.Open(_path).Dispose());

                Assert.True(error is null or InvalidDataException or NotSupportedException, $"byte {at} = {value}: {error}");
            }
        }
    }

    private void Write(string header, byte[] data) => Write(Encoding.UTF8.GetBytes(header), data);

    private void Write(byte[] header, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(_path, [.. length, .. header, .. data]);
    }

    private static float[] Read(SafetensorsFile file, string name)
    {
        SafetensorsEntry entry = file.Entries.Single(e => e.Name == name);
        float[] values = new float[entry.Shape.Aggregate(1L, (a, b) => a * b)];
        file.Read(entry, values);
        return values;
    }
}
