using Sputnik.Models;
using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>A model folder or GGUF file opened: the one place that joins model files with text.</summary>
public sealed class LoadedModel : IDisposable
{
    /// <summary>Joins a model with its tokenizer.</summary>
    public LoadedModel(ILanguageModel model, Tokenizer tokenizer, GenerationConfig? generation = null, JinjaTemplate? template = null)
    {
        if (tokenizer.VocabularySize > model.VocabularySize)
        {
            throw new ArgumentException($"The tokenizer has {tokenizer.VocabularySize} tokens, the model {model.VocabularySize}.", nameof(tokenizer));
        }

        Model = model;
        Tokenizer = tokenizer;
        Template = new(tokenizer, template);
        Generation = generation ?? new();
    }

    /// <summary>The network.</summary>
    public ILanguageModel Model { get; }

    /// <summary>Text to ids and back.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>How a conversation becomes ids.</summary>
    public PromptTemplate Template { get; }

    /// <summary>The model's own wishes for sampling.</summary>
    public GenerationConfig Generation { get; }

    /// <summary>
    /// Opens a Hugging Face style folder (config.json, safetensors, tokenizer.json, generation_config.json), a .gguf file,
    /// or the first of a split set.
    /// </summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="options">How; without them a folder is decoded to float32 that can train, and a file opened by the defaults.</param>
    public static LoadedModel Open(string path, ModelOptions? options = null)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"There is no model folder '{path}'. Name one that holds config.json or a .gguf file, or train one: sputnik train recipes/zero-quick.");
        }

        if (!File.Exists(Path.Combine(path, ModelFolder.ConfigFile)))
        {
            return OpenGguf(path, options);
        }

        ILanguageModel model = options is null ? ModelFolder.Open(path) : ModelFolder.Open(path, options);
        try
        {
            return new(model, Tokenizer.Load(path), GenerationConfig.Load(path));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Opens the vocabulary alone, of a folder or a GGUF file, which need not hold a model.</summary>
    public static Tokenizer OpenTokenizer(string path) =>
        Directory.Exists(path) ? Tokenizer.Load(path) : GgufText.Tokenizer(GgufFile.Open(path).Metadata);

    private static LoadedModel OpenGguf(string path, ModelOptions? options)
    {
        ModelFile file = ModelFile.Open(path, options);
        GgufMetadata metadata = file.Metadata ?? throw new InvalidOperationException($"{path} is no GGUF file, yet was opened as one.");
        try
        {
            return new(file.Model, GgufText.Tokenizer(metadata), GgufText.Generation(metadata), GgufText.Template(metadata));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes the four files.</summary>
    public void Save(string folder)
    {
        ModelFolder.Save(Model, folder);
        Tokenizer.Save(folder);
        Generation.Save(folder);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Model.Dispose();
}
