using System.Runtime.InteropServices;
using Sputnik.Models;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Models;

/// <summary>
/// Logits against llama.cpp's in float32 on the same weights. The files are not part of this repository; where they do not
/// lie beside it the test says that it was skipped.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "..", "shared", "golden", "models");

    [Fact]
    public void Qwen3_agrees_with_llama_cpp()
    {
        Qwen3Config config = new()
        {
            VocabularySize = 576,
            HiddenSize = 256,
            FeedForwardSize = 768,
            Layers = 2,
            Heads = 4,
            KvHeads = 2,
            MaxLength = 1024,
            TiedEmbeddings = true,
        };

        Agrees(() => new GroupedModel(config), "tiny-qwen3", "F16");
    }

    [Theory]
    [InlineData(AttentionForm.Expanded)]
    [InlineData(AttentionForm.Absorbed)]
    public void DeepSeek_V3_with_groups_and_YaRN_agrees_with_llama_cpp(AttentionForm form)
    {
        DeepSeekV3Config config = new()
        {
            VocabularySize = 576,
            HiddenSize = 256,
            FeedForwardSize = 512,
            ExpertSize = 256,
            Layers = 3,
            DenseLayers = 1,
            Heads = 4,
            MaxLength = 1024,
            QueryLatent = 256,
            KvLatent = 256,
            NopeSize = 64,
            RopeSize = 64,
            ValueSize = 64,
            RoutedExperts = 16,
            ExpertsPerToken = 4,
            Groups = 4,
            GroupsPerToken = 2,
            Yarn = new() { Factor = 40, OriginalLength = 4096 },
            AttentionForm = form,
        };

        Agrees(() => new DeepSeekV3Model(config), "tiny-ds3-grp", "BF16");
    }

    private static void Agrees(Func<ILanguageModel> build, string name, string type)
    {
        string folder = Path.Combine(Folder, name);
        Assert.SkipUnless(Directory.Exists(folder), $"{folder} is not there.");
        using ILanguageModel model = build();
        new GoldenGguf(Path.Combine(folder, $"{name}.{type}.gguf")).Fill(model);
        string text = File.ReadAllText(Path.Combine(folder, "tokens.a.txt"));
        int[] tokens = [.. text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(t => int.Parse(t, null))];
        float[] expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, $"{type}.exact.f32"))).ToArray();

        float[] actual = Rollout.Logits(model, [tokens])[0];

        // The reference itself is 2e-5 to 4e-5 from a float64 forward; the logits' deviation is about 2.
        float worst = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst < 2e-4, $"The worst logit differs by {worst}.");
    }
}
