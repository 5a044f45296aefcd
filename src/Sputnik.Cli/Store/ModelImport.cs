namespace Sputnik.Cli;

/// <summary>Takes a model that is already on this machine into the store.</summary>
internal sealed class ModelImport(IPullProgress progress, TimeProvider time)
{
    /// <summary>
    /// Copies a GGUF file (its split set whole), or the files of a folder that make a model. A file system that can shares
    /// the blocks of a copy, so that it takes no room.
    /// </summary>
    /// <exception cref="InvalidDataException">A file is not what its name says.</exception>
    /// <exception cref="IOException">The disk is too full, or something is not there.</exception>
    public async Task<PullReport> Import(string source, HubReference name, string folder, CancellationToken cancellation)
    {
        string from = Path.GetFullPath(source);
        (string root, IReadOnlyList<string> paths) = Chosen(from, name);
        foreach (string path in paths)
        {
            ImportCheck.Check(PlainPath.Below(root, path));
        }

        PullFolder place = new(folder, new() { Repository = name.Repository, Source = from, PulledAt = time.GetUtcNow(), Files = [] }, time);
        List<StoredFile> here = [];
        long copied = 0;
        progress.Started(paths.Count, paths.Sum(path => new FileInfo(PlainPath.Below(root, path)).Length));
        place.Plan([], paths);
        foreach (string path in paths)
        {
            string original = PlainPath.Below(root, path);
            HubFile file = new(path, new FileInfo(original).Length, await FileDigest.Sha256Of(original, cancellation));
            if (await place.Has(file, cancellation) is { } stored)
            {
                here.Add(stored);
                continue;
            }

            StoredFile kept = await Copy(original, file, place.FileOf(path), cancellation);
            place.Keep(kept);
            here.Add(kept);
            copied += kept.Size;
        }

        place.Plan(here, []);
        return new() { Repository = name.Repository, Folder = place.Path, Files = here, BytesLoaded = copied };
    }

    private static (string Root, IReadOnlyList<string> Paths) Chosen(string from, HubReference name)
    {
        bool isFile = File.Exists(from);
        if (!isFile && !Directory.Exists(from))
        {
            throw new FileNotFoundException($"There is no file or folder '{from}' to import.");
        }

        string root = isFile ? Path.GetDirectoryName(from) ?? from : from;
        string[] all = [.. Directory.EnumerateFiles(root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        if (isFile)
        {
            string one = Path.GetFileName(from);
            return FileChoice.IsGguf(one)
                ? (root, SplitSet.Whole(one, all))
                : throw new NotSupportedException($"'{from}' is not GGUF; a model of safetensors is imported with its whole folder.");
        }

        bool onlyGguf = name.File is null && all.Any(FileChoice.IsGguf) && !all.Any(path => path.EndsWith(".safetensors", StringComparison.Ordinal));
        return (root, FileChoice.Choose(from, all, onlyGguf ? "*.gguf" : name.File));
    }

    private async Task<StoredFile> Copy(string original, HubFile file, string target, CancellationToken cancellation)
    {
        progress.FileStarted(file, 0);
        string temporary = target + PartFile.Suffix;
        bool done = false;
        try
        {
            File.Copy(original, temporary, overwrite: true);
            progress.Moved(file.Size);
            progress.Checking(file);
            string sha256 = await file.Digest.Sha256If(temporary, cancellation)
                ?? throw new InvalidDataException($"{original}: changed while it was copied; import it again.");
            done = true;
            progress.FileDone(file);
            return new() { Path = file.Path, Size = file.Size, Sha256 = sha256 };
        }
        finally
        {
            if (!done)
            {
                File.Delete(temporary);
            }
        }
    }
}
