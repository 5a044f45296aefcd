using Sputnik.Models;

namespace Sputnik.Tests.Models;

public sealed class ModelSizeTests
{
    [Fact]
    public void DeepSeek_V3_counts_as_published()
    {
        ModelSize size = ModelSize.Of(Shapes.V3);

        Assert.Equal(671_026_419_200, size.Total);
        Assert.Equal(37_552_297_472, size.Active);
    }

    [Fact]
    public void DeepSeek_V3_without_its_embedding_is_the_37_billion_of_the_paper()
    {
        ModelSize size = ModelSize.Of(Shapes.V3);

        Assert.Equal(36_625_618_432, size.Active - size.Embedding);
    }

    [Fact]
    public void DeepSeek_V2_Lite_counts_as_published()
    {
        ModelSize size = ModelSize.Of(Shapes.V2Lite);

        Assert.Equal(15_706_484_224, size.Total);
        Assert.Equal(2_661_150_208, size.Active);
    }

    [Fact]
    public void Qwen3_0_6B_counts_as_published()
    {
        Qwen3Config config = new()
        {
            VocabularySize = 151_936,
            HiddenSize = 1024,
            FeedForwardSize = 3072,
            Layers = 28,
            Heads = 16,
            KvHeads = 8,
            MaxLength = 40_960,
            TiedEmbeddings = true,
        };

        ModelSize size = ModelSize.Of(config);

        // Qwen3 technical report, table 1 and model card: 0.6B, 0.44B without the embedding.
        Assert.Equal(596_049_920, size.Total);
        Assert.Equal(size.Total, size.Active);
    }
}
