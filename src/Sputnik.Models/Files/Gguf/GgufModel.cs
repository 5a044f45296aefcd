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
        FamilyConfig config = Config(file, options);
        try
        {
            Func<WeightDeclaration, Weight> source = Source(new(file, config.Latent), options);
            ILanguageModel model = config.Grouped is { } grouped ? new GroupedModel(grouped, source) : Latent(config, source);
            ModelCheck.SelectionBiases(model, file.Path);
            return model;
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{file.Path}: {error.Message}", error);
        }
    }

    /// <summary>The configuration that the metadata describes.</summary>
    internal static FamilyConfig Config(GgufFile file, ModelOptions options)
    {
        string architecture = file.Metadata.Text("general.architecture");
        GgufShape shape = new(file, architecture, options.MaxLength);
        try
        {
            return architecture switch
            {
                "llama" or "mistral" => FamilyConfig.Of(shape.Llama()),
                "qwen2" => FamilyConfig.Of(shape.Qwen2()),
                "qwen3" => FamilyConfig.Of(shape.Qwen3()),
                "qwen3moe" => FamilyConfig.Of(shape.Qwen3Moe()),
                "deepseek2" => FamilyConfig.Of(new GgufLatentShape(shape).Config(options.Groups)),
                _ => throw new NotSupportedException(
                    $"{file.Path}: the architecture '{architecture}' is not supported; llama, mistral, qwen2, qwen3, qwen3moe and deepseek2 are."),
            };
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{file.Path}: {error.Message}", error);
        }
    }

    private static DeepSeekV3Model Latent(FamilyConfig config, Func<WeightDeclaration, Weight> source) =>
        new(config.Latent ?? throw new InvalidOperationException("A configuration is of one kind or the other."), source);

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
