namespace Sputnik.Models;

/// <summary>Names and sizes of the parameters of a decoder with grouped-query attention. <typeparamref name="T"/> is a declaration or a weight.</summary>
internal sealed class GroupedWeights<T>
{
    public GroupedWeights(GroupedShape c, Func<WeightDeclaration, T> make)
    {
        Embedding = make(new("model.embed_tokens.weight", c.VocabularySize, c.HiddenSize, WeightRole.Embedding));
        Blocks = new GroupedBlockWeights<T>[c.Layers];
        for (int layer = 0; layer < c.Layers; layer++)
        {
            Blocks[layer] = new(c, $"model.layers.{layer}", c.IsMixture(layer), make);
        }

        Norm = make(WeightDeclaration.Gain("model.norm.weight", c.HiddenSize));
        Head = c.TiedEmbeddings ? Embedding : make(new("lm_head.weight", c.VocabularySize, c.HiddenSize, WeightRole.Head));
    }

    public T Embedding { get; }

    public GroupedBlockWeights<T>[] Blocks { get; }

    public T Norm { get; }

    public T Head { get; }
}

/// <summary>The declarations alone.</summary>
internal static class GroupedWeights
{
    public static IReadOnlyList<WeightDeclaration> Declare(GroupedShape config)
    {
        List<WeightDeclaration> all = [];
        _ = new GroupedWeights<WeightDeclaration>(config, declaration =>
        {
            all.Add(declaration);
            return declaration;
        });
        return all;
    }
}
