namespace Sputnik.Cli;

/// <summary>Which hub, and how it is asked.</summary>
internal sealed record HubSettings
{
    /// <summary>The environment variable that names the hub, as huggingface_hub reads it.</summary>
    public const string EndpointVariable = "HF_ENDPOINT";

    /// <summary>The environment variable that holds the token, as huggingface_hub reads it.</summary>
    public const string TokenVariable = "HF_TOKEN";

    /// <summary>The public hub; the default of huggingface_hub.</summary>
    public const string DefaultEndpoint = "https://huggingface.co";

    public required Uri Endpoint { get; init; }

    public string? Token { get; init; }

    /// <summary>Requests at once for one file.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Bytes of one request; what is lost at most, for each connection, when the machine goes down.</summary>
    public int ChunkBytes { get; init; } = 32 << 20;

    /// <summary>How often a request is tried without a byte of progress.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>A connection that is silent for longer is cut and tried again.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A hub that asks for more patience than this is not waited for.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <exception cref="ArgumentException">The endpoint is no web address, or the token would be shown to everybody on the way.</exception>
    public static HubSettings Of(string? endpoint, string? token, Func<string, string?> environment)
    {
        string named = Given(endpoint) ?? Given(environment(EndpointVariable)) ?? DefaultEndpoint;
        if (!Uri.TryCreate(named.TrimEnd('/') + '/', UriKind.Absolute, out Uri? address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new ArgumentException($"The endpoint '{PlainPath.Shown(named)}' is no hub; give an address such as {DefaultEndpoint}.");
        }

        string? secret = (Given(token) ?? Given(environment(TokenVariable)))?.Trim();
        if (secret is not null && secret.Any(c => c is <= ' ' or > '~'))
        {
            throw new ArgumentException($"The token has a character that no token has; copy it anew into {TokenVariable}.");
        }

        return secret is not null && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback
            ? throw new ArgumentException($"A token is not sent to '{address.Host}' in the clear; give an https endpoint, or unset {TokenVariable}.")
            : new() { Endpoint = address, Token = secret };
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
