using Sputnik.Models;
using Sputnik.Tensors;
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
        Grammars = new(tokenizer);
        Generation = generation ?? new();
    }

    /// <summary>The network.</summary>
    public ILanguageModel Model { get; }

    /// <summary>Text to ids and back.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>How a conversation becomes ids.</summary>
    public PromptTemplate Template { get; }

    /// <summary>What holds answers to a format.</summary>
    public GrammarCompiler Grammars { get; }

    /// <summary>The model's own wishes for sampling.</summary>
    public GenerationConfig Generation { get; }

    /// <summary>
    /// Opens a Hugging Face style folder (config.json, safetensors, tokenizer.json, generation_config.json), a .gguf file,
    /// or the first of a split set.
    /// </summary>
    /// <exception cref="InvalidDataException">A file is damaged, or files do not belong together.</exception>
    /// <exception cref="NotSupportedException">The model needs something that is not here.</exception>
    /// <exception cref="TemplateException">The chat template is malformed.</exception>
    /// <param name="path">Where it is.</param>
    /// <param name="options">How; by default a folder's weights become float32, which can train.</param>
    /// <param name="workers">Threads that lay weights out for products while the vocabulary is read; null: the first product does it.</param>
    public static LoadedModel Open(string path, ModelOptions? options = null, Workers? workers = null)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"There is no model folder '{path}'. Name one that holds config.json or a .gguf file, or train one: sputnik train recipes/zero-quick.");
        }

        bool folder = File.Exists(Path.Combine(path, ModelFolder.ConfigFile));
        return Joined(path, options ?? (folder ? new() { MaxLength = int.MaxValue, Decoded = true } : new()), workers);
    }

    /// <summary>Opens the vocabulary alone, of a folder or a GGUF file, which need not hold a model.</summary>
    public static Tokenizer OpenTokenizer(string path) =>
        Directory.Exists(path) ? Tokenizer.Load(path) : GgufText.Tokenizer(GgufFile.Open(path).Metadata);

    /// <summary>Opens a model's files as asked and joins what they hold.</summary>
    internal static LoadedModel Joined(string path, ModelOptions options, Workers? workers = null)
    {
        ModelFile file = ModelFile.Open(path, options);
        try
        {
            Tokenizer Read() => file.Metadata is { } text ? GgufText.Tokenizer(text) : Tokenizer.Load(path);
            Tokenizer tokenizer = workers is null ? Read() : Beside.Make("sputnik vocabulary", Read, () => file.Model.LayOut(workers));
            if (tokenizer.VocabularySize > file.Model.VocabularySize)
            {
                throw new InvalidDataException($"{file.Path}: the vocabulary has {tokenizer.VocabularySize} tokens, the embedding rows for {file.Model.VocabularySize}.");
            }

            return file.Metadata is { } metadata
                ? new(file.Model, tokenizer, GgufText.Generation(metadata), GgufText.Template(metadata))
                : new(file.Model, tokenizer, GenerationConfig.Load(path), FolderText.Template(path) is { } template ? JinjaTemplate.Parse(template) : null);
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
