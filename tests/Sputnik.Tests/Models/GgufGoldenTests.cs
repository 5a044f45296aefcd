using System.Text.Json;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

/// <summary>Every golden model in every type, against logits that other software computed from the dequantised weights.</summary>
public sealed class GgufGoldenTests
{
    public static TheoryData<string, string> Files
    {
        get
        {
            TheoryData<string, string> files = [];
            string folder = GoldenFolder.Models;
            string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.gguf", SearchOption.AllDirectories) : [];
            foreach (string file in found.Order())
            {
                string[] parts = Path.GetFileName(file).Split('.');
                files.Add(parts[0], parts[1]);
            }

            if (files.Count == 0)
            {
                files.Add("", "");
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Decoded_weights_give_the_exact_log_probabilities(string model, string type)
    {
        Golden golden = Golden.Open(model, type);

        float[][] logits = golden.Logits(decoded: true);

        double largest = 0;
        for (int position = 0; position < logits.Length; position++)
        {
            if (!golden.RoutesSafely(position))
            {
                continue;
            }

            double[] ours = Golden.LogSoftmax(logits[position]), exact = Golden.LogSoftmax(golden.Exact[position]);
            largest = Math.Max(largest, ours.Zip(exact, (a, b) => Math.Abs(a - b)).Max());
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{model} {type}: largest difference {largest:E2}");
        Assert.InRange(largest, 0, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Stored_weights_are_as_near_to_the_exact_model_as_those_of_llama_cpp(string model, string type)
    {
        Golden golden = Golden.Open(model, type);

        float[][] logits = golden.Logits(decoded: false);

        double divergence = golden.Divergence(logits, golden.RoutesFirmly), peer = golden.Divergence(golden.Peer, golden.RoutesFirmly);
        TestContext.Current.TestOutputHelper?.WriteLine($"{model} {type}: KL {divergence:E3}, llama.cpp {peer:E3}");
        Assert.InRange(divergence, 0, Math.Max(peer * (golden.Routes ? 1.25 : 1), 1e-9));
    }

    private sealed class Golden
    {
        private readonly JsonElement _type;
        private readonly int[] _tokens;
        private readonly string _path;

        private Golden(string folder, string model, string type)
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
            JsonElement root = document.RootElement.Clone();
            _type = root.GetProperty("types").GetProperty(type);
            _tokens = [.. root.GetProperty("seq_a").EnumerateArray().Select(e => e.GetInt32())];
            _path = Path.Combine(folder, $"{model}.{type}.gguf");
            float[] all = GoldenFolder.Floats(Path.Combine(folder, $"{type}.exact.f32"));
            Exact = [.. all.Chunk(all.Length / _tokens.Length)];
            Peer = [.. GoldenFolder.Floats(Path.Combine(folder, $"{type}.nlc.f32")).Chunk(all.Length / _tokens.Length)];
        }

        public float[][] Exact { get; }

        /// <summary>llama.cpp's on the stored weights.</summary>
        public float[][] Peer { get; }

        public bool Routes => _type.TryGetProperty("routing_margin", out _);

        public static Golden Open(string model, string type)
        {
            Assert.SkipWhen(model.Length == 0, "../shared/golden/models is not here");
            return new(Path.Combine(GoldenFolder.Models, model), model, type);
        }

        // Where two experts are nearly equal, engines may send a token to another one.
        public bool RoutesSafely(int position) => Margin(position) > 1e-4;

        // Beyond what rounding a row to 8 bits moves an affinity by.
        public bool RoutesFirmly(int position) => Margin(position) > 0.02;

        private double Margin(int position) =>
            _type.TryGetProperty("routing_margin", out JsonElement margins) ? margins[position].GetDouble() : double.PositiveInfinity;

        public float[][] Logits(bool decoded)
        {
            using ILanguageModel model = GgufModel.Build(GgufFile.Open(_path), new() { Decoded = decoded, MaxLength = 1024 });
            using Workers workers = new(2);
            using Arena arena = new();
            using KvCache kv = new(model.KvShape, 16, 1, 1024);
            Batch batch = new(_tokens.Length);
            int sequence = kv.Open();
            kv.Extend(sequence, _tokens.Length);
            batch.Add(_tokens, sequence);
            Ops op = new(arena, workers);
            Tensor logits = op.Linear(model.Hidden(op, batch, kv), model.Head);
            return [.. logits.Span.ToArray().Chunk(logits.Cols)];
        }

        public double Divergence(float[][] logits, Func<int, bool> counts) => Enumerable.Range(0, Exact.Length).Where(counts).Average(position =>
        {
            double[] p = LogSoftmax(Exact[position]), q = LogSoftmax(logits[position]);
            return p.Zip(q, (a, b) => Math.Exp(a) * (a - b)).Sum();
        });

        public static double[] LogSoftmax(float[] logits)
        {
            double max = logits.Max();
            double sum = Math.Log(logits.Sum(x => Math.Exp(x - max)));
            return [.. logits.Select(x => x - max - sum)];
        }
    }
}
