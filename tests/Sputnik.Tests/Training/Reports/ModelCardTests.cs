using System.Security.Cryptography;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class ModelCardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-card-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_card_has_front_matter_scores_with_errors_and_the_hash_of_the_file()
    {
        RecordedRun run = RunSketch.Write(Path.Combine(_folder, "run"));

        string card = File.ReadAllText(ModelCard.Write(run));

        Assert.StartsWith("---\nlicense: mit\n", card, StringComparison.Ordinal);
        Assert.Contains("pipeline_tag: text-generation\n", card, StringComparison.Ordinal);
        Assert.Matches(@"\| base \| validation \| 24 \| 8 \| 0\.\d{3} ± 0\.\d{3} \|", card);
        Assert.Matches(@"\| final \| test \| 24 \| 8 \| 0\.\d{3} ± 0\.\d{3} \|", card);
        Assert.Matches(@"\| final \| hard \| 24 \| 8 \| 0\.\d{3} ± 0\.\d{3} \|", card);
        byte[] weights = File.ReadAllBytes(Path.Combine(run.ModelPath, "model.safetensors"));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(weights)), card, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_a_model_has_no_card()
    {
        RecordedRun run = RunSketch.Write(Path.Combine(_folder, "run"), finished: false);

        Assert.Throws<ArgumentException>(() => ModelCard.Write(run));
    }
}
