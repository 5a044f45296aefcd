using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

/// <summary>Weights as published folders have them: in several files, in half precision, in float8 blocks, with more than is run.</summary>
public sealed class FolderWeightsTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"sputnik-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("mistral")]
    [InlineData("qwen2")]
    [InlineData("qwen moe")]
    [InlineData("softmax")]
    public void Every_family_comes_back_to_the_bit(string shape)
    {
        using ILanguageModel model = Rollout.Model(shape);

        ModelFolder.Save(model, _folder);
        using ILanguageModel read = ModelFolder.Open(_folder);
        using ILanguageModel stored = ModelFolder.Open(_folder, new());

        Assert.Equal(model.Architecture, read.Architecture);
        Assert.Equal(WeightHash.Of(model), WeightHash.Of(read));
        Assert.Equal(Encoding.UTF8.GetString(ModelBlueprint.ToJson(model)), Encoding.UTF8.GetString(ModelBlueprint.ToJson(read)));
        int[][] text = Rollout.Sequences(model.VocabularySize, 70, 9);
        Assert.Equal(Rollout.Logits(model, text), Rollout.Logits(stored, text));
    }

    [Fact]
    public void Weights_in_several_files_are_one_model()
    {
        using ILanguageModel model = Rollout.Model("qwen2");
        SaveParts(model);

        using ILanguageModel read = ModelFolder.Open(_folder);

        Assert.Equal(WeightHash.Of(model), WeightHash.Of(read));
    }

    [Theory]
    [InlineData("\"model-2.safetensors\"", "\"model-3.safetensors\"", "'model-3.safetensors', which is missing")]
    [InlineData("\"model-2.safetensors\"", "\"../model-2.safetensors\"", "a plain file name")]
    [InlineData("\"model-2.safetensors\"", "\"/etc/model.safetensors\"", "a plain file name")]
    [InlineData("\"model-2.safetensors\"", "\"model-1.safetensors\"", "does not have it")]
    [InlineData("\"weight_map\"", "\"other\"", "'weight_map'")]
    [InlineData("{", "[", "index.json")]
    public void An_index_that_is_wrong_is_refused(string old, string changed, string expected)
    {
        using ILanguageModel model = Rollout.Model("qwen2");
        SaveParts(model);
        string index = Path.Combine(_folder, "model.safetensors.index.json");
        File.WriteAllText(index, File.ReadAllText(index).Replace(old, changed, StringComparison.Ordinal));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ModelFolder.Open(_folder).Dispose());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BF16")]
    [InlineData("F16")]
    public void Half_precision_is_read_exactly_and_can_stay_as_it_is(string type)
    {
        using ILanguageModel model = Rollout.Model("llama");
        WeightFormat format = type == "BF16" ? WeightFormat.BF16 : WeightFormat.F16;
        ModelFolder.Save(model, _folder);
        Write("model.safetensors", [.. model.Weights.Zip(model.Declarations, (w, d) => new Raw(w.Name, type, d.FileShape, Encode(w, format)))]);

        using ILanguageModel decoded = ModelFolder.Open(_folder), stored = ModelFolder.Open(_folder, new());

        foreach ((Weight before, Weight exact, Weight kept) in model.Weights.Zip(decoded.Weights, stored.Weights))
        {
            Assert.Equal([.. MemoryMarshal.Cast<byte, ushort>(Encode(before, format)).ToArray().Select(half => Value(half, format))], exact.Values.ToArray());
            Assert.Equal(exact.Values.ToArray(), kept.Values.ToArray());
            Assert.Equal(format, kept.Format);
        }
    }

    [Fact]
    public void Float8_blocks_are_codes_times_scales()
    {
        (GroupedModel model, Dictionary<string, float[]> expected) = SaveFloat8((_, _) => { });
        using (model)
        {
            using ILanguageModel read = ModelFolder.Open(_folder, new());

            Assert.Equal(6, expected.Count);
            foreach (Weight weight in read.Weights.Where(w => expected.ContainsKey(w.Name)))
            {
                Assert.Equal(expected[weight.Name], weight.Values.ToArray());
            }
        }
    }

    [Fact]
    public void Float8_without_scales_is_refused()
    {
        SaveFloat8((tensors, name) => tensors.RemoveAll(t => t.Name == $"{name}_scale_inv")).Model.Dispose();

        Assert.Contains("has no 'model.layers.0.mlp.", Assert.Throws<InvalidDataException>(() => ModelFolder.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Float8_with_scales_of_another_shape_is_refused()
    {
        SaveFloat8((tensors, name) =>
        {
            int at = tensors.FindIndex(t => t.Name == $"{name}_scale_inv");
            tensors[at] = tensors[at] with { Shape = [1, tensors[at].Data.Length / 4] };
        }).Model.Dispose();

        Assert.Contains("must be F32 or F8_E8M0 [3, 2]", Assert.Throws<InvalidDataException>(() => ModelFolder.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Layers_that_predict_further_tokens_are_left_out(int layers, bool opens)
    {
        using ILanguageModel model = Rollout.Model("expanded");
        ModelFolder.Save(model, _folder);
        Write("model.safetensors", [.. Plain(model), new("model.layers.2.enorm.weight", "F32", [16], new byte[64])]);
        string config = Path.Combine(_folder, "config.json");
        JsonObject json = JsonNode.Parse(File.ReadAllBytes(config))!.AsObject();
        json["num_nextn_predict_layers"] = layers;
        File.WriteAllText(config, json.ToJsonString());

        Exception? error = Record.Exception(() => ModelFolder.Open(_folder).Dispose());

        Assert.Equal(opens, error is null);
        Assert.True(error is null or InvalidDataException, $"{error}");
    }

    [Fact]
    public void A_type_that_is_no_weight_is_named()
    {
        using ILanguageModel model = Rollout.Model("llama");
        ModelFolder.Save(model, _folder);
        Write("model.safetensors", [.. Plain(model).Select(t => t.Name == "model.norm.weight" ? t with { Type = "I32" } : t)]);

        NotSupportedException error = Assert.Throws<NotSupportedException>(() => ModelFolder.Open(_folder).Dispose());

        Assert.Contains("'model.norm.weight'", error.Message, StringComparison.Ordinal);
        Assert.Contains("I32", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Encode(Weight weight, WeightFormat format)
    {
        byte[] bytes = new byte[weight.Count * 2];
        for (int i = 0; i < weight.Count; i++)
        {
            float value = weight.Values[i];
            ushort half = format == WeightFormat.F16
                ? BitConverter.HalfToUInt16Bits((Half)value)
                : (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), half);
        }

        return bytes;
    }

    private static float Value(ushort half, WeightFormat format) => format == WeightFormat.F16
        ? (float)BitConverter.UInt16BitsToHalf(half)
        : BitConverter.UInt32BitsToSingle((uint)half << 16);

    // Networks whose sides are no multiples of 128; attention stays float32.
    private (GroupedModel Model, Dictionary<string, float[]> Expected) SaveFloat8(Action<List<Raw>, string> change)
    {
        GroupedModel model = new(Shapes.TinyQwen with { HiddenSize = 130, FeedForwardSize = 300 });
        ModelInitializer.Initialize(model, 3);
        ModelFolder.Save(model, _folder);
        Dictionary<string, float[]> expected = [];
        List<Raw> tensors = [];
        foreach (Raw tensor in Plain(model))
        {
            if (!tensor.Name.Contains(".mlp.", StringComparison.Ordinal))
            {
                tensors.Add(tensor);
                continue;
            }

            int rows = (int)tensor.Shape[0], cols = (int)tensor.Shape[1], across = (cols + 127) / 128;
            float[] scales = [.. Enumerable.Range(0, (rows + 127) / 128 * across).Select(i => 0.001f * (i + 1))];
            byte[] codes = [.. MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray().Select(F8E4M3.Encode)];
            expected[tensor.Name] = [.. codes.Select((code, i) => F8E4M3.Decode(code) * scales[(i / cols / 128 * across) + (i % cols / 128)])];
            tensors.Add(tensor with { Type = "F8_E4M3", Data = codes });
            tensors.Add(new($"{tensor.Name}_scale_inv", "F32", [(rows + 127) / 128, across], MemoryMarshal.AsBytes(scales.AsSpan()).ToArray()));
        }

        change(tensors, "model.layers.0.mlp.gate_proj.weight");
        Write("model.safetensors", tensors);
        return (model, expected);
    }

    private void SaveParts(ILanguageModel model)
    {
        ModelFolder.Save(model, _folder);
        File.Delete(Path.Combine(_folder, "model.safetensors"));
        Raw[] tensors = Plain(model);
        Write("model-1.safetensors", tensors[..7]);
        Write("model-2.safetensors", tensors[7..]);
        JsonObject map = [];
        foreach ((Raw tensor, int i) in tensors.Select((tensor, i) => (tensor, i)))
        {
            map[tensor.Name] = i < 7 ? "model-1.safetensors" : "model-2.safetensors";
        }

        File.WriteAllText(Path.Combine(_folder, "model.safetensors.index.json"), new JsonObject { ["weight_map"] = map }.ToJsonString());
    }

    private static Raw[] Plain(ILanguageModel model) =>
        [.. model.Weights.Zip(model.Declarations, (w, d) => new Raw(w.Name, "F32", d.FileShape, MemoryMarshal.AsBytes(w.Values).ToArray()))];

    private void Write(string name, IReadOnlyList<Raw> tensors)
    {
        JsonObject header = [];
        long offset = 0;
        foreach (Raw tensor in tensors)
        {
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = tensor.Type,
                ["shape"] = new JsonArray([.. tensor.Shape.Select(d => (JsonNode)d)]),
                ["data_offsets"] = new JsonArray(offset, offset += tensor.Data.Length),
            };
        }

        byte[] json = Encoding.UTF8.GetBytes(header.ToJsonString());
        using FileStream stream = File.Create(Path.Combine(_folder, name));
        stream.Write(BitConverter.GetBytes((long)json.Length));
        stream.Write(json);
        foreach (Raw tensor in tensors)
        {
            stream.Write(tensor.Data);
        }
    }

    private sealed record Raw(string Name, string Type, IReadOnlyList<long> Shape, byte[] Data);
}
