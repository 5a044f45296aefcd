using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>A model between its two forms, weights and text together: a folder with safetensors, and a GGUF file.</summary>
public static class ModelConversion
{
    /// <summary>Whether a path is a folder with config.json, not a GGUF file.</summary>
    public static bool IsFolder(string path) => File.Exists(Path.Combine(path, ModelFolder.ConfigFile));

    /// <summary>A model of either form as the content of a GGUF file, its tensors read when they are written.</summary>
    /// <exception cref="FileNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or files do not belong together.</exception>
    /// <exception cref="NotSupportedException">GGUF has no word for something the model needs.</exception>
    public static GgufContent Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return IsFolder(path) ? FolderContent.Open(path, rows => FolderText.Metadata(path, rows)) : GgufContent.Of(GgufFile.Open(ModelFile.FindGguf(path)));
    }

    /// <summary>Writes a GGUF file as a folder: config.json, generation_config.json, tokenizer files and safetensors. It is whole or absent.</summary>
    /// <param name="file">The file.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="read">Told how many of <see cref="GgufFolder.Bytes"/> were read, after each part.</param>
    /// <param name="cancellation">Breaks off; nothing is left behind.</param>
    /// <exception cref="IOException">The folder is there already, and that is not allowed.</exception>
    /// <exception cref="InvalidDataException">The file contradicts itself.</exception>
    /// <exception cref="NotSupportedException">A folder has no word for something the file has.</exception>
    public static void ToFolder(
        GgufFile file, string folder, FolderOptions options, Workers workers, Action<long>? read = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(target) || (Directory.Exists(target) && !options.Overwrite))
        {
            throw new IOException($"'{folder}' is there already; {(File.Exists(target) ? "it is a file, name a folder" : "--force writes over its weights")}.");
        }

        string unfinished = $"{target}.{Guid.NewGuid():N}.part";
        Directory.CreateDirectory(unfinished);
        try
        {
            GgufFolder.Write(file, unfinished, options, workers, read, cancellation);
            if (file.Metadata.Find("tokenizer.ggml.tokens") is not null)
            {
                GgufText.Tokenizer(file.Metadata).Export(unfinished, file.Metadata.TextOrNull("tokenizer.chat_template"));
            }

            GgufText.Generation(file.Metadata).Save(unfinished);
            Publish(unfinished, target);
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }

    private static void Publish(string unfinished, string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(unfinished, target);
            return;
        }

        // Older weights in more or fewer files would be found beside the new ones.
        foreach (string old in Directory.GetFiles(target, "*.safetensors").Concat(Directory.GetFiles(target, "*.safetensors.index.json")))
        {
            File.Delete(old);
        }

        foreach (string file in Directory.GetFiles(unfinished))
        {
            File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }
    }
}
