using System.Globalization;
using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Fuzz;

/// <summary>Damage to a request. Of what is still framed as HTTP wants it, an answer is due.</summary>
internal static class RequestDamage
{
    // Past Kestrel's 32 KiB for all headers and 8 KiB for the first line.
    private static readonly int[] Lengths = [0, 1, 100, 8_000, 9_000, 33_000, 70_000];

    private static readonly string[] Values =
    [
        "1e308", "-9223372036854775808", "18446744073709551616", "0.1", "-0.0", "\"<think>\"", "\"</think>\"", "\"\\u0000\"", "\"<|im_start|>\"", "\"\\ud83d\\ude00\"", "[null]", "[[]]", "[{}]", "{\"\":null}",
        "{\"type\":\"text\"}", "{\"type\":\"text\",\"text\":null}", "{\"$ref\":\"#\"}", "{\"type\":\"string\",\"pattern\":\"(a*)*$\"}", "{\"type\":\"function\"}", "{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://169.254.169.254/\"}}",
        "\"user\"", "\"assistant\"", "\"tool\"", "\"system\"", "\"none\"", "\"required\"", "\"auto\"", "\"json\"", "\"high\"", "\"a?a?a?aaa\"", "\"root ::= root root | root\"", "\"../../etc/passwd\"",
    ];

    private static readonly string[] Headers =
    [
        "Content-Type: text/plain", "Content-Type: application/json; charset=utf-16", "Content-Type: ", "Content-Type: application/json; charset=nonsense", "Content-Encoding: gzip", "Accept: application/xml", "Accept-Encoding: gzip, br",
        "Authorization: Bearer x", "Authorization: Bearer ", "Authorization: Basic %%%", "x-api-key: \u00ff\u00fe", "Origin: http://localhost", "Origin: null", "Origin: http://[::bad", "Cookie: a=b; c", "Range: bytes=0-1", "If-None-Match: *",
        "Expect: 100-continue", "Connection: close", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "X-Forwarded-For: 1.2.3.4", "X-HTTP-Method-Override: DELETE", "Referer: \u001b[31m", "anthropic-version: 1", "Host: evil.example",
    ];

    private static readonly string[] Paths =
    [
        "/%00", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/x", "/v1/models/%ff%fe", "/v1/models/a%2fb", "/v1//models", "/V1/Models", "/v1/models?x=%zz", "/ui/runs/%2e%2e/metrics", "/ui/runs/..%5c..%5cx/rollouts",
        "/api/blobs/sha256:00", "/api/pull", "/api/create", "/v1/models/" , "/v1/chat/completions/%0d%0aX: y/stop-thinking", "*", "http://localhost/v1/models", "/\u00e9", "/metrics#x", "/invocations", "/pooling", "/rerank", "/load", "/pause",
    ];

    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "POST", "TRACE", "CONNECT", "get", "FOO"];

    /// <summary>A seed as it is, or damaged within HTTP's frame.</summary>
    public static HttpDraft Framed(HttpDraft draft, ref CounterRandom random) => random.NextInt(0, 19) switch
    {
        0 => draft,
        1 => draft with { Body = Encoding.UTF8.GetBytes(Deep(draft, ref random)) },
        2 => draft with { Body = Encoding.UTF8.GetBytes(Wide(draft, ref random)) },
        3 => draft with { Body = ByteDamage.Apply(draft.Body, 64, ref random) },
        4 => draft with { Body = Encoded(draft, ref random) },
        5 => draft with { Path = RequestSeeds.All[random.NextInt(0, RequestSeeds.All.Count - 1)].Path },
        6 => draft with { Path = Paths[random.NextInt(0, Paths.Length - 1)] },
        7 => draft with { Path = draft.Path + (random.NextInt(0, 1) == 0 ? "?" : "/") + new string('a', Lengths[random.NextInt(0, Lengths.Length - 1)]) },
        8 => draft with { Method = Methods[random.NextInt(0, Methods.Length - 1)] },
        9 => draft with { Headers = [.. draft.Headers, Headers[random.NextInt(0, Headers.Length - 1)]] },
        10 => draft with { Headers = [draft.Headers[0], Headers[random.NextInt(0, Headers.Length - 1)]] },
        11 => draft with { Headers = [.. draft.Headers, "X-Long: " + new string('a', Lengths[random.NextInt(0, Lengths.Length - 1)])] },
        12 => draft with { ChunkBytes = random.NextInt(1, 64) },
        _ => draft.Body.Length > 0 ? draft with { Body = JsonDamage.Apply(draft.Body, Values, ref random) } : draft,
    };

    /// <summary>Bytes that are no request any more, or hardly one.</summary>
    public static byte[] Unframed(HttpDraft draft, ref CounterRandom random)
    {
        string length = string.Create(CultureInfo.InvariantCulture, $"Content-Length: {ByteDamage.Number(ref random)}");
        byte[] request = (random.NextInt(0, 4) switch
        {
            0 => draft with { Headers = [.. draft.Headers, length] },
            1 => draft with { Headers = [length, draft.Headers[0]] },
            2 => draft with { Headers = [.. draft.Headers, "Transfer-Encoding: gzip"] },
            3 => draft with { ChunkBytes = random.NextInt(1, 64), Headers = [.. draft.Headers, length] },
            _ => draft with { ChunkBytes = random.NextInt(1, 64) },
        }).ToBytes();
        return ByteDamage.Apply(request, 200, ref random);
    }

    // A value nested as deep as a body may be long, or just about as deep as is read.
    private static string Deep(HttpDraft draft, ref CounterRandom random)
    {
        int depth = random.NextInt(0, 3) switch { 0 => random.NextInt(55, 70), 1 => random.NextInt(1, 40), 2 => 1_000, _ => 50_000 };
        string value = random.NextInt(0, 1) == 0
            ? new string('[', depth) + new string(']', depth)
            : string.Concat(Enumerable.Repeat("{\"properties\":", depth)) + "{}" + new string('}', depth);
        return Put(draft, value, ref random);
    }

    // A value longer than anything needs: text, items, keys, digits.
    private static string Wide(HttpDraft draft, ref CounterRandom random)
    {
        int count = random.NextInt(0, 2) switch { 0 => 200, 1 => 2_000, _ => 60_000 };
        return Put(draft, random.NextInt(0, 4) switch
        {
            0 => "\"" + new string('a', count) + "\"",
            1 => "[" + string.Join(',', Enumerable.Repeat("1", count)) + "]",
            2 => "[" + string.Join(',', Enumerable.Repeat("{\"role\":\"user\",\"content\":\"x\"}", Math.Min(count, 2_000))) + "]",
            3 => "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i}\":1")) + "}",
            _ => new string('9', count),
        }, ref random);
    }

    // The value of one key, found as text: duplicates of a key stay in.
    private static string Put(HttpDraft draft, string value, ref CounterRandom random)
    {
        string body = Encoding.UTF8.GetString(draft.Body);
        int[] places = [.. Enumerable.Range(0, body.Length).Where(i => body[i] == ':')];
        if (places.Length == 0)
        {
            return value;
        }

        int at = places[random.NextInt(0, places.Length - 1)];
        int key = body.LastIndexOf('"', at) is var end and > 0 ? body.LastIndexOf('"', end - 1) : -1;
        return key < 0 ? value : $"{body[..key]}{body[key..at]}:{value},{body[key..]}";
    }

    private static byte[] Encoded(HttpDraft draft, ref CounterRandom random)
    {
        string body = Encoding.UTF8.GetString(draft.Body);
        return random.NextInt(0, 4) switch
        {
            0 => [0xEF, 0xBB, 0xBF, .. draft.Body],
            1 => Encoding.Unicode.GetBytes(body),
            2 => Encoding.Latin1.GetBytes(body.Replace("x", "\u00ff\u00c0", StringComparison.Ordinal)),
            3 => Encoding.UTF8.GetBytes(body.Replace("x", "\\ud800", StringComparison.Ordinal)),
            _ => Encoding.UTF8.GetBytes(body.Replace("x", "\\u0000\\u001b[2J\u202e\U0001F600", StringComparison.Ordinal)),
        };
    }
}
