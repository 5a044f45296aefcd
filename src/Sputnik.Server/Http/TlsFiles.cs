using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Sputnik.Server;

/// <summary>The certificate and key of TLS, from PEM files.</summary>
internal static class TlsFiles
{
    /// <summary>The first certificate is the server's own; those behind it lead to a root and are sent along.</summary>
    /// <exception cref="InvalidDataException">The files are no certificate with its key.</exception>
    public static HttpsConnectionAdapterOptions Read(string certificate, string key)
    {
        X509Certificate2Collection chain = [];
        try
        {
            chain.ImportFromPemFile(certificate);
            return new() { ServerCertificate = X509Certificate2.CreateFromPemFile(certificate, key), ServerCertificateChain = chain };
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"{certificate} and {key} are not a certificate in PEM and its key: {exception.Message}", exception);
        }
    }
}
