using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>A server with a certificate of its own.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_with_a_certificate_answers_over_HTTPS_and_shows_that_certificate()
    {
        ServerOptions options = Made();
        await using ServedZero served = new(options);
        await served.InitializeAsync();
        using X509Certificate2 expected = X509CertificateLoader.LoadCertificateFromFile(options.TlsCertificate!);
        string? shown = null;
        using HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => (shown = certificate?.Thumbprint) == expected.Thumbprint };
        using HttpClient client = new(handler) { BaseAddress = served.Server.Url };

        using HttpResponseMessage response = await client.GetAsync("/v1/models", TestContext.Current.CancellationToken);

        Assert.Equal(Uri.UriSchemeHttps, served.Server.Url.Scheme);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected.Thumbprint, shown);
    }

    [Fact]
    public async Task A_server_with_a_certificate_does_not_answer_in_clear()
    {
        await using ServedZero served = new(Made());
        await served.InitializeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => served.Client.GetAsync($"http://127.0.0.1:{served.Server.Url.Port}/livez", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused_by_the_names_of_the_files()
    {
        ServerOptions one = Made(), other = Made();

        string message = Assert.Throws<InvalidDataException>(() => new ServedZero(one with { TlsKey = other.TlsKey })).Message;

        Assert.Contains(other.TlsKey!, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_certificate_is_refused_by_its_name()
    {
        string letter = _folder.In("letter.pem");
        File.WriteAllText(letter, "Dear reader");

        string message = Assert.Throws<InvalidDataException>(() => new ServedZero(Made() with { TlsCertificate = letter })).Message;

        Assert.Contains(letter, message, StringComparison.Ordinal);
    }

    // Signed by itself, for this machine; keys are random and no test depends on them.
    private ServerOptions Made()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        string name = certificate.Thumbprint;
        File.WriteAllText(_folder.In(name + ".pem"), certificate.ExportCertificatePem());
        File.WriteAllText(_folder.In(name + ".key"), key.ExportPkcs8PrivateKeyPem());
        return new() { TlsCertificate = _folder.In(name + ".pem"), TlsKey = _folder.In(name + ".key") };
    }
}
