using System.Text.Json;
using Sputnik.Models;

namespace Sputnik.Cli;

/// <summary>What a pulled folder holds and where it came from: <see cref="FileName"/> in the folder.</summary>
internal sealed record ModelManifest
{
    /// <summary>Name of the manifest.</summary>
    public const string FileName = "sputnik-model.json";

    // A manifest is a few kilobytes; what is larger is none.
    private const long LargestFile = 64 << 20;

    /// <summary>OWNER/NAME.</summary>
    public required string Repository { get; init; }

    /// <summary>The hub, or the path it was imported from.</summary>
    public required string Source { get; init; }

    /// <summary>The commit; null for an import.</summary>
    public string? Revision { get; init; }

    /// <summary>When the last file came.</summary>
    public required DateTimeOffset PulledAt { get; init; }

    /// <summary>What is here, checked.</summary>
    public required IReadOnlyList<StoredFile> Files { get; init; }

    /// <summary>Paths that were asked for and are not here yet.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Bytes of all files.</summary>
    public long Size => Files.Sum(file => file.Size);

    /// <summary>The manifest of a folder; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or names a file outside the folder.</exception>
    public static ModelManifest? Read(string folder)
    {
        FileInfo file = new(Path.Combine(folder, FileName));
        if (!file.Exists)
        {
            return null;
        }

        if (file.Length > LargestFile)
        {
            throw new InvalidDataException($"{file.FullName}: {file.Length} bytes, a manifest has at most {LargestFile}.");
        }

        try
        {
            ModelManifest manifest = JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), HubJsonContext.Default.ModelManifest)
                ?? throw new InvalidDataException($"{file.FullName}: offset 0: null is no manifest.");
            return manifest.Checked(file.FullName);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file.FullName}: offset {e.BytePositionInLine ?? 0} of line {(e.LineNumber ?? 0) + 1}: {e.Message} Remove the file and pull the model again.", e);
        }
    }

    /// <summary>Writes the manifest; it is whole or as it was.</summary>
    public void Write(string folder)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(this, HubJsonContext.Default.ModelManifest);
        AtomicFile.Write(Path.Combine(folder, FileName), stream => stream.Write(json));
    }

    private ModelManifest Checked(string path)
    {
        foreach (string name in Files.Select(file => file.Path).Concat(Missing))
        {
            if (PlainPath.Fault(name) is { } fault)
            {
                throw new InvalidDataException($"{path}: 'files' names '{PlainPath.Shown(name)}', but {fault}.");
            }
        }

        return this;
    }
}
