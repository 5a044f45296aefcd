using System.Net.Sockets;
using System.Text;

namespace Sputnik.EndToEnd.Tests;

/// <summary>The connection of a client that asks for a stream of many megabytes and reads no more than its first line.</summary>
internal static class UnreadStream
{
    // Far more than the buffers of both sides hold: 4 answers that do not end, each token with 20 others beside it.
    private const string Body = """
        {"model":"sputnik-zero","messages":[{"role":"user","content":"x"}],"temperature":0,"reasoning_effort":"none","n":4,"logprobs":true,"top_logprobs":20,"stream":true,
        "response_format":{"type":"json_schema","json_schema":{"name":"endless","schema":{"type":"array","items":{"type":"string","enum":["even","odd"]},"minItems":1000}}}}
        """;

    /// <summary>Asks, and comes back when the answer has begun.</summary>
    public static async Task<Socket> Begin(ServedZero served)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Uri url = served.Client.BaseAddress!;
        Socket client = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(url.Host, url.Port, cancellation);
        string head = $"POST /v1/chat/completions HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(Body)}\r\n\r\n";
        await client.SendAsync(Encoding.UTF8.GetBytes(head + Body), SocketFlags.None, cancellation);

        byte[] first = new byte[12];
        await new NetworkStream(client).ReadExactlyAsync(first, cancellation);
        Assert.Equal("HTTP/1.1 200", Encoding.ASCII.GetString(first));
        return client;
    }
}
