namespace Sputnik.Cli;

/// <summary>The folder a model is pulled into: what of it is here, and the manifest that says so after each file.</summary>
internal sealed class PullFolder
{
    private readonly TimeProvider _time;
    private ModelManifest _manifest;

    /// <param name="path">The folder; it is made.</param>
    /// <param name="manifest">What the manifest is to say of the origin; files of an earlier pull are taken over.</param>
    /// <param name="time">The clock of <see cref="ModelManifest.PulledAt"/>.</param>
    public PullFolder(string path, ModelManifest manifest, TimeProvider time)
    {
        Path = Directory.CreateDirectory(path).FullName;
        _time = time;
        ModelManifest? earlier = ModelManifest.Read(Path);
        if (earlier is not null && earlier.Repository != manifest.Repository)
        {
            throw new ArgumentException($"'{Path}' holds '{earlier.Repository}'; pull '{manifest.Repository}' into another folder with --to.");
        }

        _manifest = manifest with { Files = earlier?.Files ?? [], Missing = earlier?.Missing ?? [] };
    }

    public string Path { get; }

    public string FileOf(string path) => PlainPath.Below(Path, path);

    /// <summary>The file if it is here with this content. A file of the manifest is taken at its size's word, others are read.</summary>
    /// <exception cref="ArgumentException">Another file has the name, and nobody pulled it: it is the user's, and stays.</exception>
    public async Task<StoredFile?> Has(HubFile file, CancellationToken cancellation)
    {
        FileInfo here = new(FileOf(file.Path));
        StoredFile? known = _manifest.Files.FirstOrDefault(one => one.Path == file.Path);
        if (!here.Exists)
        {
            return Directory.Exists(here.FullName) ? throw new ArgumentException($"'{here.FullName}' is a folder, and a file is to come there; choose another folder with --to.") : null;
        }

        if (known is not null && known.Size == here.Length && known.Size == file.Size && known.Sha256 == file.Digest.Hex)
        {
            return known;
        }

        if (here.Length == file.Size && await file.Digest.Sha256If(here.FullName, cancellation) is { } sha256)
        {
            return new() { Path = file.Path, Size = file.Size, Sha256 = sha256 };
        }

        return known is not null
            ? null
            : throw new ArgumentException($"'{here.FullName}' is there, was not pulled by Sputnik and is another file than the hub's; move it away, or choose another folder with --to.");
    }

    /// <summary>Bytes that are still to come, parts of an earlier run left out.</summary>
    public long BytesToCome(IEnumerable<HubFile> files) => files.Sum(file => file.Size - PartFile.BytesOf(FileOf(file.Path), file));

    /// <summary>Notes what is here and what will come.</summary>
    public void Plan(IReadOnlyList<StoredFile> here, IEnumerable<string> missing)
    {
        IEnumerable<StoredFile> earlier = _manifest.Files.Where(file => File.Exists(FileOf(file.Path)));
        Write(Merged(earlier, here), [.. _manifest.Missing.Concat(missing).Distinct().Except(here.Select(file => file.Path))]);
    }

    /// <summary>Gives a file that came whole its name, and notes that it is here.</summary>
    public void Keep(StoredFile file)
    {
        PartFile.Finish(FileOf(file.Path));
        Write(Merged(_manifest.Files, [file]), [.. _manifest.Missing.Where(path => path != file.Path)]);
    }

    private void Write(IReadOnlyList<StoredFile> files, IReadOnlyList<string> missing)
    {
        _manifest = _manifest with { Files = files, Missing = missing, PulledAt = _time.GetUtcNow() };
        _manifest.Write(Path);
    }

    private static StoredFile[] Merged(IEnumerable<StoredFile> earlier, IReadOnlyList<StoredFile> newer) =>
        [.. earlier.Where(file => newer.All(one => one.Path != file.Path)).Concat(newer).OrderBy(file => file.Path, StringComparer.Ordinal)];
}
