using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Server;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>What a server tells of a model, read from the model.</summary>
internal static class ServedModels
{
    public static ServedModel Of(string path, LoadedModel loaded, Engine engine)
    {
        ILanguageModel model = loaded.Model;
        return new()
        {
            Id = NameOf(path),
            Responder = new(loaded, engine),
            Created = File.GetLastWriteTimeUtc(path),
            Family = model.Architecture,
            Parameters = model.Parameters,
            Width = model.Head.In,
            Bytes = model.Weights.Sum(BytesOf),
            TrainedContext = model.MaxLength,
            Format = model.Weights.GroupBy(weight => weight.Format.Name()).MaxBy(group => group.Sum(BytesOf))?.Key ?? "",
        };
    }

    private static long BytesOf(Weight weight) => weight.Out * weight.Format.RowBytes(weight.In);

    /// <summary>The name of a model's folder or file: what its clients call it.</summary>
    internal static string NameOf(string path)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return name.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) ? name[..^5] : name;
    }
}
