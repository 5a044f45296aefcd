namespace Sputnik.Models;

/// <summary>
/// A published model opened to be run, whatever its files: the model, and what its tokenizer, chat template and defaults for
/// sampling are read from.
/// </summary>
public sealed class ModelFile : IDisposable
{
    private ModelFile(string path, ILanguageModel model, GgufMetadata? metadata)
    {
        Path = path;
        Model = model;
        Metadata = metadata;
    }

    /// <summary>The folder, or the GGUF file: of several parts, the first.</summary>
    public string Path { get; }

    /// <summary>The model; its weights stay in the files, unless asked otherwise.</summary>
    public ILanguageModel Model { get; }

    /// <summary>The metadata of a GGUF file; null for a folder, which has tokenizer and defaults in files of their own.</summary>
    public GgufMetadata? Metadata { get; }

    /// <summary>Opens a folder with config.json, a GGUF file, the first of a set of them, or a folder with nothing but such.</summary>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or files do not belong together.</exception>
    /// <exception cref="NotSupportedException">The model needs something that is not here.</exception>
    public static ModelFile Open(string path, ModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        if (File.Exists(System.IO.Path.Combine(path, ModelFolder.ConfigFile)))
        {
            return new(path, ModelFolder.Open(path, options), metadata: null);
        }

        string found = FindGguf(path);
        GgufFile file = GgufFile.Open(found);
        return new(found, GgufModel.Build(file, options), file.Metadata);
    }

    /// <summary>The GGUF file that a path means: the path itself, or the one model in that folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">There are several.</exception>
    /// <exception cref="NotSupportedException">It is another kind of file.</exception>
    public static string FindGguf(string path)
    {
        string found = File.Exists(path) ? path : InFolder(path);
        return found.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase)
            ? found
            : throw new NotSupportedException($"{found}: a model is a .gguf file or a folder with {ModelFolder.ConfigFile} and safetensors; name one.");
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Model.Dispose();

    private static string InFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"There is no model '{path}': name a .gguf file, or a folder with {ModelFolder.ConfigFile}.", path);
        }

        // Parts after the first belong to it.
        string[] files = [.. Directory.GetFiles(path, "*.gguf").Where(file => !GgufFile.IsFurtherPart(file)).Order(StringComparer.Ordinal)];
        return files.Length switch
        {
            1 => files[0],
            0 => throw new FileNotFoundException($"'{path}' holds neither {ModelFolder.ConfigFile} nor a .gguf file.", path),
            _ => throw new InvalidDataException($"'{path}' holds {files.Length} models: name one of {string.Join(", ", files.Select(System.IO.Path.GetFileName))}."),
        };
    }
}
