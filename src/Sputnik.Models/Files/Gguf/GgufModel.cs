using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>A model from a GGUF file: its metadata becomes a family's configuration, its tensors the weights.</summary>
public static class GgufModel
{
    /// <summary>Builds the model. Weights stay in the file and are laid out for the kernels when first used.</summary>
    /// <exception cref="InvalidDataException">The file contradicts itself.</exception>
    /// <exception cref="NotSupportedException">It needs something that is not here.</exception>
    public static ILanguageModel Build(GgufFile file, ModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        options ??= new();
        string architecture = file.Metadata.Text("general.architecture");
        GgufShape shape = new(file, architecture, options.MaxLength);
        try
        {
            ILanguageModel model = architecture switch
            {
                "llama" or "mistral" => Grouped(file, shape.Llama(), options),
                "qwen2" => Grouped(file, shape.Qwen2(), options),
                "qwen3" => Grouped(file, shape.Qwen3(), options),
                "qwen3moe" => Grouped(file, shape.Qwen3Moe(), options),
                "deepseek2" => Latent(file, new GgufLatentShape(shape).Config(options.Groups), options),
                _ => throw new NotSupportedException(
                    $"{file.Path}: the architecture '{architecture}' is not supported; llama, mistral, qwen2, qwen3, qwen3moe and deepseek2 are."),
            };
            ModelCheck.SelectionBiases(model, file.Path);
            return model;
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{file.Path}: {error.Message}", error);
        }
    }

    private static GroupedModel Grouped(GgufFile file, IGroupedConfig config, ModelOptions options) =>
        new(config, Source(new(file, latent: null), options));

    private static DeepSeekV3Model Latent(GgufFile file, DeepSeekV3Config config, ModelOptions options) =>
        new(config, Source(new(file, config), options));

    private static Func<WeightDeclaration, Weight> Source(GgufWeights weights, ModelOptions options) => options.Decoded
        ? declaration => Decoded(weights.Find(declaration))
        : weights.Find;

    private static Weight Decoded(Weight stored)
    {
        using (stored)
        {
            Weight weight = new(stored.Name, stored.Out, stored.In);
            stored.Values.CopyTo(weight.Values);
            return weight;
        }
    }
}
