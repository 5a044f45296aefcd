namespace Sputnik.Models;

/// <summary>A model from wherever it is: a folder with config.json, or a GGUF file.</summary>
public static class ModelFile
{
    /// <summary>Opens a folder, a .gguf file, or the first of a split set.</summary>
    public static ILanguageModel Open(string path, GgufOptions? options = null) => IsGguf(path)
        ? GgufModel.Build(GgufFile.Open(path), options)
        : ModelFolder.Open(path);

    /// <summary>Whether a path names a GGUF file.</summary>
    public static bool IsGguf(string path) => File.Exists(path) && path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);
}
