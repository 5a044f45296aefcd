namespace Sputnik.Bench;

/// <summary>What a load is made of.</summary>
internal sealed record LoadPlan
{
    /// <summary>The server.</summary>
    public required Uri Url { get; init; }

    /// <summary>Clients that ask, read, and ask again.</summary>
    public required int Streams { get; init; }

    /// <summary>How long new requests are begun.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Share of requests whose client leaves before the end.</summary>
    public required double Disconnects { get; init; }

    /// <summary>Keys of the clients; one empty key where the server asks for none.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Tokens of a prompt.</summary>
    public required (int Least, int Most) Prompt { get; init; }

    /// <summary>Tokens that are asked for.</summary>
    public required (int Least, int Most) Tokens { get; init; }

    /// <summary>Seed of everything that is drawn.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Reads it from the command line.</summary>
    public static LoadPlan Read(string url, Options options) => new()
    {
        Url = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) ? address : throw new ArgumentException($"'{url}' is no address: http://127.0.0.1:8080 is one."),
        Streams = (int)options.Number("--streams", 64),
        Time = TimeSpan.FromMinutes(options.Number("--minutes", 10)),
        Disconnects = options.Number("--disconnects", 0.2),
        Keys = options.Text("--keys")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [""],
        Prompt = options.Range("--prompt", (16, 512)),
        Tokens = options.Range("--tokens", (16, 256)),
        Seed = (ulong)options.Number("--seed", 1),
    };

    /// <summary>The key of a stream: half of the streams have the first, so that equal shares are the server's doing and not the load's.</summary>
    public int KeyOf(int stream) => Keys.Count == 1 || stream % 2 == 0 ? 0 : 1 + (stream / 2 % (Keys.Count - 1));
}
