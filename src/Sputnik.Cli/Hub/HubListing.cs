using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Sputnik.Cli;

/// <summary>Asks a hub what is in a repository.</summary>
internal sealed partial class HubListing(HubClient client, Func<Backoff> patience)
{
    // The largest repositories have some thousand files; a page has at most a thousand.
    private const int MostFiles = 100_000;
    private const int MostPages = 1000;
    private const int MostBytes = 64 << 20;

    /// <summary>The commit that a revision names and all its files.</summary>
    /// <exception cref="HubException">The hub does not have it or does not give it.</exception>
    /// <exception cref="InvalidDataException">The answer is damaged, or names a file outside the repository.</exception>
    public async Task<HubSnapshot> Read(string repository, string revision, CancellationToken cancellation)
    {
        string what = revision == "main" ? $"'{repository}'" : $"'{repository}' at '{PlainPath.Shown(revision)}'";
        Uri at = client.Address("api/models/", repository, "revision", revision);
        (RevisionReply reply, _) = await Json(at, what, HubJsonContext.Default.RevisionReply, cancellation);
        string commit = reply.Sha is { Length: 40 or 64 } sha && sha.All(char.IsAsciiHexDigit)
            ? sha
            : throw new InvalidDataException($"{at}: 'sha' is '{PlainPath.Shown(reply.Sha ?? "null")}', not a commit of 40 digits.");

        List<HubFile> files = [];
        Uri? page = client.Address("api/models/", repository, "tree", commit, query: "?recursive=true");
        for (int pages = 0; page is not null; pages++)
        {
            (TreeEntry[] entries, Uri? next) = await Json(page, what, HubJsonContext.Default.TreeEntryArray, cancellation);
            files.AddRange(entries.Where(entry => entry.Type != "directory").Select(entry => File(entry, page)));
            page = pages < MostPages && files.Count <= MostFiles
                ? next
                : throw new InvalidDataException($"{page}: more than {MostFiles} files or {MostPages} pages, which is no model.");
        }

        return new(commit, files);
    }

    private static HubFile File(TreeEntry entry, Uri page)
    {
        string path = entry.Path ?? throw new InvalidDataException($"{page}: a file has no 'path'.");
        if (PlainPath.Fault(path) is { } fault)
        {
            throw new InvalidDataException($"{page}: lists a file '{PlainPath.Shown(path)}', but {fault}; nothing was loaded.");
        }

        long size = entry.Lfs?.Size ?? entry.Size;
        FileDigest? digest = FileDigest.Parse(entry.Lfs is { } large ? large.Oid : entry.Oid);
        return size >= 0 && digest is { } known
            ? new(path, size, known)
            : throw new InvalidDataException($"{page}: '{PlainPath.Shown(path)}' has size {size} and hash '{PlainPath.Shown(entry.Lfs?.Oid ?? entry.Oid ?? "null")}', so it could not be checked.");
    }

    private Task<(T Value, Uri? Next)> Json<T>(Uri address, string what, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class =>
        Backoff.Retry(patience(), () => JsonOnce(address, what, type, cancellation), cancellation);

    private async Task<(T Value, Uri? Next)> JsonOnce<T>(Uri address, string what, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class
    {
        using HttpResponseMessage response = await client.GetList(address, what, cancellation);
        byte[] body = await Body(response, address, cancellation);
        try
        {
            T value = JsonSerializer.Deserialize(body, type) ?? throw new InvalidDataException($"{address}: offset 0: null is no answer.");
            return (value, NextPage(response, address));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{address}: offset {e.BytePositionInLine ?? 0} of line {(e.LineNumber ?? 0) + 1}: not what a hub answers ({e.Path ?? "$"}); check --endpoint.", e);
        }
    }

    private async Task<byte[]> Body(HttpResponseMessage response, Uri address, CancellationToken cancellation)
    {
        string encoding = string.Join(", ", response.Content.Headers.ContentEncoding);
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(client.Settings.Silence);
        try
        {
            await using Stream raw = await response.Content.ReadAsStreamAsync(silence.Token);
            await using Stream plain = encoding switch
            {
                "" or "identity" => raw,
                "gzip" => new GZipStream(raw, CompressionMode.Decompress, leaveOpen: true),
                _ => throw new NotSupportedException($"{address}: the answer is packed as '{PlainPath.Shown(encoding)}', and only gzip was asked for."),
            };

            // A few packed bytes can become very many: what is read is counted after unpacking.
            using MemoryStream body = new();
            byte[] buffer = new byte[1 << 16];
            int length;
            while ((length = await plain.ReadAsync(buffer, silence.Token)) > 0)
            {
                body.Write(buffer, 0, length);
                if (body.Length > MostBytes)
                {
                    throw new InvalidDataException($"{address}: the answer has more than {MostBytes} bytes.");
                }
            }

            return body.ToArray();
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new HubException($"'{address.Host}' stopped in the middle of an answer.", e) { IsTransient = true };
        }
    }

    private static Uri? NextPage(HttpResponseMessage response, Uri address)
    {
        Match? link = response.Headers.TryGetValues("Link", out IEnumerable<string>? values)
            ? values.Select(value => NextLink().Match(value)).FirstOrDefault(match => match.Success)
            : null;
        return link is null ? null : Uri.TryCreate(address, link.Groups[1].Value, out Uri? next)
            ? next
            : throw new InvalidDataException($"{address}: the next page is at '{PlainPath.Shown(link.Groups[1].Value)}', which is no address.");
    }

    // RFC 8288: <address>; rel="next"
    [GeneratedRegex("<([^>]*)>\\s*;[^,]*\\brel=\"?next\"?", RegexOptions.CultureInvariant)]
    private static partial Regex NextLink();
}
