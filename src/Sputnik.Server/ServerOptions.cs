namespace Sputnik.Server;

/// <summary>Where a server listens and what it takes. Limits without another source are ours: what a small machine bears, with room for the largest real client seen.</summary>
public sealed record ServerOptions
{
    /// <summary>Address to bind. Loopback, so that nobody else reaches it unless asked.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port; 0 takes a free one. 8080 is llama.cpp's.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Keys that may do everything, besides those of the store.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>PEM file of the certificate; null = no TLS.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>PEM file of the certificate's private key.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Whether a proxy in front of it speaks TLS. Others then reach it on loopback too, so a key is needed.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>Names under which it is called, besides the loopback's own; a loopback server answers no others, or a web page could reach it through a name of its own (DNS rebinding). Whoever calls it by such a name may sit elsewhere, so a key is needed.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether the web page is served.</summary>
    public bool Page { get; init; } = true;

    /// <summary>Folder of training runs the page shows; null = none.</summary>
    public string? Runs { get; init; }

    /// <summary>What the thinking is called. Both, because clients know one or the other.</summary>
    public ReasoningField Reasoning { get; init; } = ReasoningField.Both;

    /// <summary>USD an hour of one core, for the ledger; 0 where it costs nothing.</summary>
    public double PricePerCoreHour { get; init; }

    /// <summary>What the same tokens cost elsewhere, for the ledger.</summary>
    public ApiPrice ApiPrice { get; init; } = new();

    /// <summary>Base address of an OpenTelemetry collector that takes OTLP over HTTP (http://127.0.0.1:4318); null = no traces are sent.</summary>
    public Uri? TraceCollector { get; init; }

    /// <summary>Longest body. Text of a full context of 128 Ki tokens is below 1 MiB; 8 leave room for JSON.</summary>
    public long BodyBytes { get; init; } = 8 << 20;

    /// <summary>Messages of a conversation.</summary>
    public int Messages { get; init; } = 1024;

    /// <summary>Parts of one message.</summary>
    public int ContentParts { get; init; } = 256;

    /// <summary>Functions of a request; OpenAI's limit.</summary>
    public int Tools { get; init; } = 128;

    /// <summary>Characters of a JSON Schema or a grammar.</summary>
    public int SchemaCharacters { get; init; } = 64 << 10;

    /// <summary>Levels of a JSON Schema.</summary>
    public int SchemaDepth { get; init; } = 32;

    /// <summary>Characters of a regular expression.</summary>
    public int RegexCharacters { get; init; } = 4 << 10;

    /// <summary>Answers to one request.</summary>
    public int Choices { get; init; } = 4;

    /// <summary>Stop strings; OpenAI's limit.</summary>
    public int StopStrings { get; init; } = 4;

    /// <summary>Characters of a stop string.</summary>
    public int StopCharacters { get; init; } = 256;

    /// <summary>Entries of logit_bias.</summary>
    public int LogitBiases { get; init; } = 1024;

    /// <summary>Most likely tokens reported with each; OpenAI's limit.</summary>
    public int TopLogProbs { get; init; } = 20;

    /// <summary>Prompts of one completions request.</summary>
    public int Prompts { get; init; } = 64;

    /// <summary>Texts of one embeddings request; OpenAI takes 2,048, of a model that runs elsewhere.</summary>
    public int EmbeddingInputs { get; init; } = 256;

    /// <summary>Open connections. An engine holds 16 sequences and a queue of 256, unless told otherwise; the rest is room for pages and probes.</summary>
    public int Connections { get; init; } = 1024;

    /// <summary>Longest wait in the engine's queue. Reading the prompt is no waiting: only <see cref="RequestTime"/> limits it.</summary>
    public TimeSpan QueueTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time of a request.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest time a reader may take for what was sent; nginx's send_timeout is 60 s.</summary>
    public TimeSpan WriteTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence after which a stream gets a comment. Proxies give up after 60 s (nginx's proxy_read_timeout). Ollama's streams stay silent: a line of JSON has no comments.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time that running requests get to finish when the server is asked to end; Kubernetes kills after 30 s.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLoopback => Host is "localhost" || (System.Net.IPAddress.TryParse(Host, out System.Net.IPAddress? address) && System.Net.IPAddress.IsLoopback(address));

    /// <summary>Whether whoever asks sits at this machine: nothing says that a proxy lets others through to it.</summary>
    internal bool IsPrivate => IsLoopback && !BehindProxy && AllowedHosts.Count == 0;

    /// <summary>Returns itself, or says what cannot be.</summary>
    /// <param name="hasKeys">Whether the store has keys.</param>
    public ServerOptions Validate(bool hasKeys)
    {
        if (Host is not "localhost" && !System.Net.IPAddress.TryParse(Host, out _))
        {
            throw new ArgumentException($"Host must be an IP address or localhost, got '{Host}'. For every address of this machine: 0.0.0.0 or ::");
        }

        if (Port is < 0 or > 65535)
        {
            throw new ArgumentException($"Port must be from 0 to 65535, got {Port}.");
        }

        if (ApiKeys.FirstOrDefault(key => key.Length < 16) is { } weak)
        {
            throw new ArgumentException($"A key has {weak.Length} characters; give it 16 at least, or have one made: sputnik keys add NAME");
        }

        if (TraceCollector is { } collector && !(collector.IsAbsoluteUri && collector.Scheme is "http" or "https"))
        {
            throw new ArgumentException($"The collector of traces must be an http or https address such as http://127.0.0.1:4318, got '{collector}'.");
        }

        ValidateTls();
        return IsPrivate ? this : ValidateOpen(hasKeys);
    }

    private void ValidateTls()
    {
        if ((TlsCertificate is null) != (TlsKey is null))
        {
            throw new ArgumentException("TLS needs both files: --tls-cert CERT.pem --tls-key KEY.pem");
        }
    }

    private ServerOptions ValidateOpen(bool hasKeys)
    {
        if (ApiKeys.Count == 0 && !hasKeys)
        {
            throw new ArgumentException(IsLoopback
                ? "With --behind-proxy or --allowed-host others can reach this server, so a key is needed: sputnik keys add NAME, or --api-key KEY."
                : $"Others can reach {Host}, so a key is needed: sputnik keys add NAME, or --api-key KEY. Without one stay on 127.0.0.1.");
        }

        return IsLoopback || TlsCertificate is not null || BehindProxy
            ? this
            : throw new ArgumentException($"Others can reach {Host}, and keys must not travel in clear: give --tls-cert and --tls-key, or --behind-proxy where a proxy in front speaks TLS.");
    }
}
