using System.Globalization;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>The weights of a model folder for a model's declarations, matched before anything is allocated.</summary>
internal sealed class FolderWeights
{
    private const string HeadName = "lm_head.weight";
    private readonly IReadOnlyDictionary<string, FolderTensor> _tensors;
    private readonly bool _decoded;

    /// <summary>Compares the files with the declarations.</summary>
    /// <param name="tensors">What the files have.</param>
    /// <param name="blueprint">What the model needs.</param>
    /// <param name="folder">Where, for messages.</param>
    /// <param name="decoded">Weights become float32 that can train; otherwise they stay where they lie.</param>
    public FolderWeights(IReadOnlyDictionary<string, FolderTensor> tensors, ModelBlueprint blueprint, string folder, bool decoded)
    {
        _tensors = tensors;
        _decoded = decoded;
        foreach (WeightDeclaration declaration in blueprint.Declarations)
        {
            if (!tensors.TryGetValue(declaration.Name, out FolderTensor? tensor))
            {
                throw new InvalidDataException($"{folder}: the configuration needs '{declaration.Name}', the weights do not have it.");
            }

            if (!tensor.Entry.Shape.SequenceEqual(declaration.FileShape))
            {
                throw new InvalidDataException(
                    $"{tensor.Place} must be [{string.Join(", ", declaration.FileShape)}], is [{string.Join(", ", tensor.Entry.Shape)}].");
            }
        }

        HashSet<string> known = [HeadName, .. blueprint.Declarations.Select(d => d.Name)];
        if (tensors.Values.FirstOrDefault(t => !known.Contains(t.Entry.Name) && !IsLeftOut(t.Entry.Name, known, blueprint)) is { } extra)
        {
            throw new InvalidDataException($"{extra.Place} has no place in the configuration.");
        }
    }

    /// <summary>The weight of a declaration.</summary>
    public Weight Find(WeightDeclaration declaration)
    {
        Weight stored = Stored(declaration);
        if (!_decoded)
        {
            return stored;
        }

        using (stored)
        {
            Weight weight = WeightSet.Zero(declaration);
            stored.Values.CopyTo(weight.Values);
            return weight;
        }
    }

    private Weight Stored(WeightDeclaration declaration)
    {
        FolderTensor tensor = _tensors[declaration.Name];
        if (tensor.Entry.Type != "F8_E4M3")
        {
            return tensor.Weight(declaration.Out, declaration.In);
        }

        return _tensors.TryGetValue(declaration.Name + Float8Blocks.Suffix, out FolderTensor? scales)
            ? Float8Blocks.Weight(declaration, tensor, scales)
            : throw new InvalidDataException($"{tensor.Place} is F8_E4M3 and has no '{declaration.Name}{Float8Blocks.Suffix}'.");
    }

    /// <summary>Published files of tied models, Qwen3-0.6B among them, store the embedding a second time as the head.</summary>
    public void CheckRepeatedHead(Weight head)
    {
        if (head.Name == HeadName || !_tensors.TryGetValue(HeadName, out FolderTensor? repeated))
        {
            return;
        }

        if (!repeated.Entry.Shape.SequenceEqual([head.Out, head.In]))
        {
            throw new InvalidDataException($"{repeated.Place} has another shape than the embedding it is tied to.");
        }

        using Weight second = repeated.Weight(head.Out, head.In);
        if (!head.Values.SequenceEqual(second.Values))
        {
            throw new InvalidDataException($"{repeated.Place} differs from the embedding it is tied to.");
        }
    }

    // Scales of weights, layers that predict further tokens, and tables older files keep although they follow from the configuration.
    private static bool IsLeftOut(string name, HashSet<string> known, ModelBlueprint blueprint)
    {
        string[] parts = name.Split('.');
        return (name.EndsWith(Float8Blocks.Suffix, StringComparison.Ordinal) && known.Contains(name[..^Float8Blocks.Suffix.Length]))
            || name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal)
            || (parts is ["model", "layers", var layer, ..]
                && int.TryParse(layer, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number >= blueprint.Layers && number < blueprint.Layers + blueprint.FurtherTokens);
    }
}
