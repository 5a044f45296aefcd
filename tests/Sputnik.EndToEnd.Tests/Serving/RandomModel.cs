using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Text;

namespace Sputnik.EndToEnd.Tests;

/// <summary>A model of seeded random weights with the small model's tokens: what it says is nonsense, and nobody else's.</summary>
internal static class RandomModel
{
    /// <summary>Positions it reads; the small model reads 320.</summary>
    public const int Length = 512;

    public static LoadedModel Create()
    {
        Tokenizer tokenizer = LoadedModel.OpenTokenizer(Repository.File("models/sputnik-zero"));
        GroupedModel model = new(new Qwen3Config
        {
            VocabularySize = tokenizer.VocabularySize,
            HiddenSize = 64,
            FeedForwardSize = 64,
            Layers = 2,
            Heads = 4,
            KvHeads = 2,
            HeadSize = 16,
            MaxLength = Length,
        });
        ModelInitializer.Initialize(model, seed: 7);
        return new(model, tokenizer, template: JinjaTemplate.Parse(ChainModel.Unopened));
    }
}
