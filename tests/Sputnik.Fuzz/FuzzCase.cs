namespace Sputnik.Fuzz;

/// <summary>Files of one case, by name.</summary>
internal sealed record FuzzCase(IReadOnlyDictionary<string, byte[]> Files)
{
    /// <summary>Bytes of all of them.</summary>
    public long Bytes => Files.Values.Sum(file => (long)file.Length);

    /// <summary>Writes them into a folder.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, byte[] bytes) in Files)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }
}
