namespace Sputnik.Models;

/// <summary>Names and sizes of a Qwen3 model's parameters. <typeparamref name="T"/> is a declaration or a weight.</summary>
internal sealed class Qwen3Weights<T>
{
    public Qwen3Weights(Qwen3Config c, Func<WeightDeclaration, T> make)
    {
        Embedding = make(new("model.embed_tokens.weight", c.VocabularySize, c.HiddenSize, WeightRole.Embedding));
        Blocks = new Qwen3BlockWeights<T>[c.Layers];
        for (int layer = 0; layer < c.Layers; layer++)
        {
            Blocks[layer] = new(c, $"model.layers.{layer}", make);
        }

        Norm = make(WeightDeclaration.Gain("model.norm.weight", c.HiddenSize));
        Head = c.TiedEmbeddings ? Embedding : make(new("lm_head.weight", c.VocabularySize, c.HiddenSize, WeightRole.Head));
    }

    public T Embedding { get; }

    public Qwen3BlockWeights<T>[] Blocks { get; }

    public T Norm { get; }

    public T Head { get; }
}

/// <summary>The declarations alone.</summary>
internal static class Qwen3Weights
{
    public static IReadOnlyList<WeightDeclaration> Declare(Qwen3Config config)
    {
        List<WeightDeclaration> all = [];
        _ = new Qwen3Weights<WeightDeclaration>(config, declaration =>
        {
            all.Add(declaration);
            return declaration;
        });
        return all;
    }
}
