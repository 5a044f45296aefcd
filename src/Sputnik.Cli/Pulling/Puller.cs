namespace Sputnik.Cli;

/// <summary>Brings a model from a hub into a folder: lists, chooses, loads, checks, renames.</summary>
internal sealed class Puller(HubClient client, IPullProgress progress, TimeProvider time, Func<string, long> freeBytes)
{
    // Room for manifests, and for what else happens on the disk meanwhile.
    private const long SpareBytes = 64 << 20;

    /// <summary>Free bytes of the disk that a folder is on.</summary>
    public static long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Pulls what <paramref name="reference"/> names. Ended early, it leaves parts from which the same call goes on.</summary>
    /// <exception cref="HubException">The hub fails.</exception>
    /// <exception cref="InvalidDataException">A content is not what the hub says it is.</exception>
    /// <exception cref="ArgumentException">Nothing fits the name, or the folder holds something else.</exception>
    /// <exception cref="IOException">The disk is too full.</exception>
    public async Task<PullReport> Pull(HubReference reference, string revision, string folder, CancellationToken cancellation)
    {
        HubSnapshot snapshot = await new HubListing(client, Patience).Read(reference.Repository, revision, cancellation);
        HubFile[] chosen = Chosen(snapshot, reference);
        PullFolder place = new(folder, Origin(reference, snapshot), time);
        List<StoredFile> here = [];
        List<HubFile> missing = [];
        foreach (HubFile file in chosen)
        {
            if (await place.Has(file, cancellation) is { } stored)
            {
                here.Add(stored);
            }
            else
            {
                missing.Add(file);
            }
        }

        long bytes = place.BytesToCome(missing);
        CheckRoom(place.Path, bytes);
        place.Plan(here, missing.Select(file => file.Path).Where(path => !File.Exists(place.FileOf(path))));
        progress.Started(missing.Count, bytes);
        List<StoredFile> newer = [];
        foreach (HubFile file in missing)
        {
            StoredFile stored = await Load(place, file, client.Address("", reference.Repository, "resolve", snapshot.Commit, file.Path), cancellation);
            here.Add(stored);

            // What replaces a file waits until all is here: until then the older model is whole.
            if (File.Exists(place.FileOf(file.Path)))
            {
                newer.Add(stored);
            }
            else
            {
                place.Keep(stored);
            }
        }

        newer.ForEach(place.Keep);
        return new() { Repository = reference.Repository, Revision = snapshot.Commit, Folder = place.Path, Files = here, BytesLoaded = bytes };
    }

    private static HubFile[] Chosen(HubSnapshot snapshot, HubReference reference)
    {
        IReadOnlyList<string> paths = FileChoice.Choose(reference.Repository, [.. snapshot.Files.Select(file => file.Path)], reference.File);
        string? twice = paths.Append(ModelManifest.FileName).GroupBy(path => path, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? [.. paths.Select(path => snapshot.Files.First(file => file.Path == path))]
            : throw new InvalidDataException($"'{reference.Repository}' would put two files under the name '{PlainPath.Shown(twice)}' (a manifest of Sputnik, or upper and lower case); name one file.");
    }

    private ModelManifest Origin(HubReference reference, HubSnapshot snapshot) => new()
    {
        Repository = reference.Repository,
        Source = client.Settings.Endpoint.AbsoluteUri.TrimEnd('/'),
        Revision = snapshot.Commit,
        PulledAt = time.GetUtcNow(),
        Files = [],
    };

    private Backoff Patience() => new(client.Settings, time, progress);

    private void CheckRoom(string folder, long bytes)
    {
        long free = freeBytes(folder);
        if (bytes > 0 && bytes > free - SpareBytes)
        {
            throw new IOException($"{Training.Quantity.Scaled(bytes)}B are to come and the disk of '{folder}' has {Training.Quantity.Scaled(free)}B free; make room, or choose another folder with --to.");
        }
    }

    private async Task<StoredFile> Load(PullFolder place, HubFile file, Uri address, CancellationToken cancellation)
    {
        string target = place.FileOf(file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(target) ?? place.Path);
        string data;
        using (PartFile part = PartFile.Open(target, file, client.Settings.ChunkBytes))
        {
            data = part.DataPath;
            progress.FileStarted(file, part.BytesDone);
            try
            {
                await new FileTransfer(client, progress, Patience).Fill(part, file, address, cancellation);
            }
            finally
            {
                part.Save();
            }
        }

        progress.Checking(file);
        if (await file.Digest.Sha256If(data, cancellation) is not { } sha256)
        {
            PartFile.Delete(target);
            throw new InvalidDataException($"'{file.Path}' does not have {file.Digest.Name} {file.Digest.Hex}, which the hub says it has. What was loaded is thrown away, all that was here before is as it was; pull again.");
        }

        progress.FileDone(file);
        return new() { Path = file.Path, Size = file.Size, Sha256 = sha256 };
    }
}
