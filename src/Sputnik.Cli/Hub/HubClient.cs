using System.Net;
using System.Net.Http.Headers;

namespace Sputnik.Cli;

/// <summary>One GET after another at a Hugging Face compatible hub: redirects, the token, and failures in words.</summary>
internal sealed class HubClient : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HttpClient _http;
    private readonly HubSettings _settings;

    public HubClient(HubSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;

        // Redirects are followed here, so that the token goes to the hub and to nobody it points at. Nothing is unpacked on
        // the way: a range of a packed answer would be a range of something else.
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = settings.Silence,
        };
        _http = new(handler, disposeHandler: true) { Timeout = settings.Silence };
        _http.DefaultRequestHeaders.UserAgent.Add(new("sputnik", typeof(HubClient).Assembly.GetName().Version?.ToString(3)));
    }

    public HubSettings Settings => _settings;

    public void Dispose() => _http.Dispose();

    /// <summary>An address below the endpoint; each part is escaped.</summary>
    public Uri Address(string prefix, string repository, string middle, string revision, string? path = null, string query = "")
    {
        string tail = path is null ? "" : "/" + Escaped(path);
        return new(_settings.Endpoint, $"{prefix}{Escaped(repository)}/{middle}/{Uri.EscapeDataString(revision)}{tail}{query}");
    }

    /// <summary>Whether a file can be asked for in parts.</summary>
    public async Task<bool> AcceptsRanges(Uri file, string what, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await Get(file, what, new RangeHeaderValue(0, 0), cancellation);
        return response.StatusCode == HttpStatusCode.PartialContent;
    }

    /// <summary>A file, or a range of it, once the head of the answer is here: 200, or 206 where a range was asked for.</summary>
    /// <param name="address">Whom to ask first.</param>
    /// <param name="what">What is asked for, in the messages.</param>
    /// <param name="range">Which bytes; null for all.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="HubException">Any other answer, or none.</exception>
    public Task<HttpResponseMessage> Get(Uri address, string what, RangeHeaderValue? range, CancellationToken cancellation) =>
        Follow(address, what, new(range, "identity"), cancellation);

    /// <summary>A list, which may come packed.</summary>
    /// <exception cref="HubException">Any answer but 200, or none.</exception>
    public Task<HttpResponseMessage> GetList(Uri address, string what, CancellationToken cancellation) => Follow(address, what, new(null, "gzip"), cancellation);

    private async Task<HttpResponseMessage> Follow(Uri address, string what, Shape shape, CancellationToken cancellation)
    {
        Uri at = address;
        for (int hop = 0; hop <= MostRedirects; hop++)
        {
            HttpResponseMessage response = await Send(at, shape, cancellation);
            if (response.StatusCode == HttpStatusCode.OK || (response.StatusCode == HttpStatusCode.PartialContent && shape.Range is not null))
            {
                return response;
            }

            using (response)
            {
                at = (int)response.StatusCode is 301 or 302 or 303 or 307 or 308
                    ? Next(at, response.Headers.Location, what)
                    : throw HubFault.Of(response, what, _settings);
            }
        }

        throw new HubException($"{what}: '{address.Host}' redirected more than {MostRedirects} times.");
    }

    private async Task<HttpResponseMessage> Send(Uri address, Shape shape, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Range = shape.Range;
        request.Headers.AcceptEncoding.ParseAdd(shape.Encoding);
        if (_settings.Token is { } token && IsHub(address))
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw HubFault.Unreachable(address, e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new HubException($"'{address.Host}' did not answer within {_settings.Silence.TotalSeconds:0} s.", e) { IsTransient = true };
        }
    }

    private static Uri Next(Uri from, Uri? location, string what)
    {
        Uri next = location is null ? throw new HubException($"{what}: '{from.Host}' redirects to nowhere.") : new Uri(from, location);
        bool isWeb = next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp);
        return isWeb ? next : throw new HubException($"{what}: '{from.Host}' redirects from {from.Scheme} to {next.Scheme}, which is not followed.");
    }

    private bool IsHub(Uri address) => Uri.Compare(address, _settings.Endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private readonly record struct Shape(RangeHeaderValue? Range, string Encoding);
}
