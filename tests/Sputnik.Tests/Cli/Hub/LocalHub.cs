using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sputnik.Tests.Cli.Hub;

/// <summary>A hub on the loopback with one repository, and every bad habit a test asks for. One connection carries one request.</summary>
internal sealed partial class LocalHub : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";
    public const string Repository = "maker/model";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public LocalHub()
    {
        _listener.Start();
        _serving = Serve();
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>What the repository holds.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Hashes that the list gives in place of the right ones.</summary>
    public Dictionary<string, string> WrongHashes { get; } = [];

    /// <summary>Answers before the hub does: what it returns is sent, null lets the hub answer.</summary>
    public Func<Request, Reply?> Before { get; set; } = static _ => null;

    public bool GivesRanges { get; set; } = true;

    public bool PacksLists { get; set; }

    /// <summary>Files of one page of the list.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>Requests in the order they came.</summary>
    public ConcurrentQueue<Request> Requests { get; } = [];

    public IEnumerable<Request> Loads => Requests.Where(request => request.Path.Contains("/resolve/", StringComparison.Ordinal));

    /// <summary>The file itself, as the hub sends it.</summary>
    public Reply FileReply(Request request)
    {
        string path = Uri.UnescapeDataString(request.Path[(request.Path.IndexOf(Commit, StringComparison.Ordinal) + Commit.Length + 1)..]);
        if (!Files.TryGetValue(path, out byte[]? content))
        {
            return new(404);
        }

        return GivesRanges && request.Range is var (from, to)
            ? new(206, content[(int)from..(int)(to + 1)]) { Headers = { ["Content-Range"] = $"bytes {from}-{to}/{content.Length}" } }
            : new(200, content);
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _serving.Wait(TestContext.Current.CancellationToken);
        _end.Dispose();
    }

    private async Task Serve()
    {
        List<Task> answers = [];
        while (!_end.IsCancellationRequested)
        {
            try
            {
                answers.Add(Answer(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
            catch (Exception end) when (_end.IsCancellationRequested && end is (OperationCanceledException or SocketException or ObjectDisposedException))
            {
                break;
            }
        }

        await Task.WhenAll(answers);
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            try
            {
                Request request = await Read(stream);
                Requests.Enqueue(request);
                Reply reply = Before(request) ?? Hub(request);
                await Write(stream, reply);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client went away, which some tests want; it is not the hub's to complain.
                return;
            }
        }
    }

    private static async Task<Request> Read(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new(lines[0].Split(' ')[1], headers);
    }

    private async Task Write(NetworkStream stream, Reply reply)
    {
        StringBuilder head = new($"HTTP/1.1 {reply.Status} X\r\nConnection: close\r\nContent-Length: {reply.Body.Length}\r\n");
        foreach ((string name, string value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "\r\n"));
        await stream.WriteAsync(reply.Body.AsMemory(0, reply.CutAfter ?? reply.Body.Length));
        if (reply.Hangs)
        {
            await Task.Delay(Timeout.Infinite, _end.Token);
        }
    }

    private Reply Hub(Request request)
    {
        string api = $"/api/models/{Repository}/";
        if (request.Path.StartsWith(api + "revision/", StringComparison.Ordinal))
        {
            return Json($$"""{"sha": "{{Commit}}", "id": "{{Repository}}"}""");
        }

        if (request.Path.StartsWith(api + "tree/" + Commit, StringComparison.Ordinal))
        {
            return Tree(request);
        }

        return request.Path.StartsWith($"/{Repository}/resolve/{Commit}/", StringComparison.Ordinal) ? FileReply(request) : new(404);
    }

    private Reply Tree(Request request)
    {
        int page = Page().Match(request.Path) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        IEnumerable<string> entries = Files.Skip(page * PageSize).Take(PageSize).Select(file => Entry(file.Key, file.Value));
        Reply reply = Json($"[{string.Join(",", entries.Prepend("""{"type": "directory", "oid": "x", "size": 0, "path": "folder"}"""))}]");
        if ((page + 1) * PageSize < Files.Count)
        {
            reply.Headers["Link"] = $"<{Endpoint}api/models/{Repository}/tree/{Commit}?recursive=true&cursor={page + 1}>; rel=\"next\"";
        }

        return reply;
    }

    // Weights are in LFS, everything else is in Git, as at the public hub.
    private string Entry(string path, byte[] content)
    {
        bool large = path.EndsWith(".gguf", StringComparison.Ordinal) || path.EndsWith(".safetensors", StringComparison.Ordinal);
        string right = large
            ? Convert.ToHexStringLower(SHA256.HashData(content))
            : Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.SHA1, [.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));
        string hash = WrongHashes.GetValueOrDefault(path, right);
        string name = JsonSerializer.Serialize(path);
        return large
            ? $$"""{"type": "file", "oid": "{{new string('a', 40)}}", "size": {{content.Length}}, "path": {{name}}, "lfs": {"oid": "{{hash}}", "size": {{content.Length}}, "pointerSize": 134} }"""
            : $$"""{"type": "file", "oid": "{{hash}}", "size": {{content.Length}}, "path": {{name}} }""";
    }

    private Reply Json(string text)
    {
        byte[] plain = Encoding.UTF8.GetBytes(text);
        if (!PacksLists)
        {
            return new(200, plain);
        }

        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return new(200, packed.ToArray()) { Headers = { ["Content-Encoding"] = "gzip" } };
    }

    [GeneratedRegex("cursor=([0-9]+)")]
    private static partial Regex Page();

    /// <summary>What was asked.</summary>
    internal sealed partial record Request(string Path, Dictionary<string, string> Headers)
    {
        public (long From, long To)? Range => Headers.TryGetValue("Range", out string? text) && Bytes().Match(text) is { Success: true } match
            ? (long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), long.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
            : null;

        [GeneratedRegex("^bytes=([0-9]+)-([0-9]+)$")]
        private static partial Regex Bytes();
    }

    /// <summary>What is sent.</summary>
    internal sealed record Reply(int Status, byte[] Body)
    {
        public Reply(int status)
            : this(status, [])
        {
        }

        public Dictionary<string, string> Headers { get; init; } = [];

        /// <summary>Bytes of the body after which the connection breaks.</summary>
        public int? CutAfter { get; init; }

        /// <summary>Keeps the connection open and sends nothing more.</summary>
        public bool Hangs { get; init; }
    }
}
