using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sputnik.Models;

namespace Sputnik.Training;

/// <summary>
/// Checkpoints as folders named by step and stage. A folder is written under a temporary name, put on the disk, renamed, and
/// only then becomes the latest; older ones go last. Whenever the process dies, the folder that 'latest' names is whole.
/// </summary>
internal sealed class CheckpointStore(string folder)
{
    private const string StateFile = "state.json";
    private const string LatestFile = "latest";
    private const string TemporaryMark = ".tmp";

    /// <summary>Writes a checkpoint and makes it the latest; where the latest is of this step and stage, there is nothing to do.</summary>
    /// <param name="state">Where the run stands; its files are filled in here.</param>
    /// <param name="write">Writes every other file into the folder it is given.</param>
    public void Write(RunState state, Action<string> write)
    {
        if (Pointed().FirstOrDefault() == NameOf(state))
        {
            return;
        }

        Prepare(state, write);
        Publish(state);
        Point(state);
        Prune();
    }

    /// <summary>The latest checkpoint with every file compared to its hash, or null where there is none.</summary>
    /// <exception cref="InvalidDataException">A file of it is missing or damaged.</exception>
    public (RunState State, string Folder)? Latest()
    {
        if (Pointed() is not [string latest, ..])
        {
            return null;
        }

        string checkpoint = Path.Combine(folder, latest);
        RunState state = ReadState(Path.Combine(checkpoint, StateFile));
        foreach ((string name, string hash) in state.Files)
        {
            string path = Path.Combine(checkpoint, name);
            if (!File.Exists(path))
            {
                throw new InvalidDataException($"{path}: the file is missing from the checkpoint.");
            }

            if (HashOf(path) != hash)
            {
                throw new InvalidDataException($"{path}: the file is damaged; its SHA-256 is not the one written in {StateFile}.");
            }
        }

        return (state, checkpoint);
    }

    /// <summary>First act: the whole folder under a temporary name, on the disk.</summary>
    internal void Prepare(RunState state, Action<string> write)
    {
        string temporary = FolderOf(state) + TemporaryMark;
        Clear(temporary);
        Directory.CreateDirectory(temporary);
        write(temporary);
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories))
        {
            files.Add(Path.GetRelativePath(temporary, path).Replace('\\', '/'), HashOf(path));
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(state with { Files = files }, RunJsonContext.Default.RunState);
        AtomicFile.Write(Path.Combine(temporary, StateFile), stream => stream.Write(json));
    }

    /// <summary>Second act: the folder gets its name. One of that name from a run that died before it was pointed to gives way.</summary>
    internal void Publish(RunState state)
    {
        Clear(FolderOf(state));
        Directory.Move(FolderOf(state) + TemporaryMark, FolderOf(state));
    }

    /// <summary>Third act: it becomes the latest, and the latest so far the one before it, should the new one be what went wrong.</summary>
    internal void Point(RunState state)
    {
        string lines = string.Join('\n', [NameOf(state), .. Pointed().Take(1)]) + "\n";
        byte[] bytes = Encoding.UTF8.GetBytes(lines);
        AtomicFile.Write(Path.Combine(folder, LatestFile), stream => stream.Write(bytes));
    }

    /// <summary>Last act: every folder that is not pointed to goes.</summary>
    internal void Prune()
    {
        string[] pointed = Pointed();
        foreach (string path in Directory.GetDirectories(folder))
        {
            if (!pointed.Contains(Path.GetFileName(path)))
            {
                Clear(path);
            }
        }
    }

    private static string NameOf(RunState state) => string.Create(CultureInfo.InvariantCulture, $"{state.Step:D6}-{state.Stage}");

    private string FolderOf(RunState state) => Path.Combine(folder, NameOf(state));

    /// <summary>The latest checkpoint and the one before it, as far as there are any.</summary>
    private string[] Pointed()
    {
        string path = Path.Combine(folder, LatestFile);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private static void Clear(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static RunState ReadState(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RunJsonContext.Default.RunState)
                ?? throw new InvalidDataException($"{path}: the state is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{path}: the file is missing from the checkpoint.", error);
        }
    }
}
