using Sputnik.Cli;
using Sputnik.Tests.Cli.Hub;

namespace Sputnik.Tests.Cli.Pulling;

/// <summary>A hub, an empty folder, and a pull from one into the other with chunks small enough for a test.</summary>
internal sealed class PullFixture : IDisposable
{
    public const int ChunkBytes = 1000;

    private readonly string _root = Directory.CreateTempSubdirectory("sputnik-pull-").FullName;

    public LocalHub Hub { get; } = new();

    public InstantTime Time { get; } = new();

    public PullSteps Steps { get; } = new();

    public long FreeBytes { get; set; } = 1L << 40;

    public string? Token { get; set; }

    public string Folder => Path.Combine(_root, "model");

    public string Outside => _root;

    /// <summary>Bytes that differ from place to place.</summary>
    public static byte[] Content(int length, int seed)
    {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++)
        {
            content[i] = (byte)((i * 31) + (i >> 8) + seed);
        }

        return content;
    }

    public async Task<PullReport> Pull(string name, CancellationToken? cancellation = null)
    {
        using HubClient client = new(new() { Endpoint = Hub.Endpoint, Token = Token, ChunkBytes = ChunkBytes });
        Puller puller = new(client, Steps, Time, _ => FreeBytes);
        return await puller.Pull(HubReference.Parse(name), "main", Folder, cancellation ?? TestContext.Current.CancellationToken);
    }

    public byte[] Read(string path) => File.ReadAllBytes(Path.Combine(Folder, path));

    public void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, path), content);
    }

    public void Dispose()
    {
        Hub.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
