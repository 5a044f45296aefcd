using System.Net.Sockets;
using Sputnik.Tensors;

namespace Sputnik.Fuzz;

/// <summary>
/// A server on loopback. Each case is one request as it is sent: "framed" where it keeps to HTTP, so that an answer is due,
/// else "unframed". Requests come one after the other, so that none can meet a full queue.
/// </summary>
internal sealed class RequestsTarget : IFuzzTarget, IDisposable
{
    private const string FramedFile = "framed.http";
    private const string UnframedFile = "unframed.http";

    // No request here takes longer than a second; a machine may be busy.
    private const int PatienceMilliseconds = 60_000;

    private const int CasesBetweenChecks = 512;

    // What a server may hold besides what it held after its first cases: caches with a limit of their own.
    private const long HeldBytes = 64 << 20;

    private readonly FuzzedServer _server = new();
    private TcpClient? _open;
    private int _cases;
    private long? _held;

    public string Name => "requests";

    /// <summary>Routes, for tests that hold that seeds reach all of them.</summary>
    public FuzzedServer Server => _server;

    public long MostManaged(long fileBytes) => (64 * fileBytes) + (16 << 20);

    public FuzzCase Make(ref CounterRandom random)
    {
        HttpDraft seed = RequestSeeds.All[random.NextInt(0, RequestSeeds.All.Count - 1)];
        return random.NextInt(0, 7) == 0
            ? new(new Dictionary<string, byte[]> { [UnframedFile] = RequestDamage.Unframed(seed, ref random) })
            : new(new Dictionary<string, byte[]> { [FramedFile] = RequestDamage.Framed(seed, ref random).ToBytes() });
    }

    public void Use(string folder)
    {
        string framed = Path.Combine(folder, FramedFile);
        try
        {
            if (File.Exists(framed))
            {
                Answered(File.ReadAllBytes(framed));
            }
            else
            {
                Survived(File.ReadAllBytes(Path.Combine(folder, UnframedFile)));
            }
        }
        finally
        {
            HoldServer();
        }
    }

    public bool Refuses(Exception error) => error is RequestRefusedException;

    public void Dispose()
    {
        _open?.Dispose();
        _server.Dispose();
    }

    private void Answered(byte[] request)
    {
        _open ??= Connect();
        TcpClient connection = _open;
        _open = null;
        HttpReply? reply = Send(connection, request, ends: false);
        if (reply is { Closes: false })
        {
            _open = connection;
        }
        else
        {
            connection.Dispose();
        }

        ReplyCheck.Hold(reply ?? throw new InvalidDataException("The server ended the connection without an answer."), HasBody(request));
    }

    private void Survived(byte[] request)
    {
        using TcpClient connection = Connect();
        ReplyCheck.Hold(ReplyToLeaver(connection, request) ?? throw new RequestRefusedException(0, "closed"), HasBody(request));
    }

    // It has said that nothing more comes, which to a server may mean that it has left: then its answer is cut off.
    private static HttpReply? ReplyToLeaver(TcpClient connection, byte[] request)
    {
        try
        {
            return Send(connection, request, ends: true);
        }
        catch (EndOfStreamException)
        {
            throw new RequestRefusedException(0, "closed within the answer");
        }
    }

    private TcpClient Connect()
    {
        TcpClient client = new() { NoDelay = true, ReceiveTimeout = PatienceMilliseconds, SendTimeout = PatienceMilliseconds };
        client.Connect(_server.Address);
        return client;
    }

    // A server may answer and close before it has read all; what it said is still there.
    private static HttpReply? Send(TcpClient connection, byte[] request, bool ends)
    {
        NetworkStream stream = connection.GetStream();
        try
        {
            stream.Write(request);
            if (ends)
            {
                connection.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return HttpReply.Read(stream, HasBody(request)) ?? throw new RequestRefusedException(0, "closed while it was sent");
        }

        return HttpReply.Read(new BufferedStream(stream), HasBody(request));
    }

    private static bool HasBody(byte[] request) => !request.AsSpan().StartsWith("HEAD "u8);

    private void HoldServer()
    {
        if (_server.Faults.TryDequeue(out string? fault))
        {
            throw new InvalidDataException($"The server failed: {fault}");
        }

        if (++_cases % CasesBetweenChecks == 0)
        {
            HttpDraft probe = new("GET", "/readyz", "");
            Answered(probe.ToBytes());
            long now = GC.GetTotalMemory(forceFullCollection: true);
            _held ??= now;
            if (now > _held + HeldBytes)
            {
                throw new InvalidDataException($"The process holds {now} managed bytes after {_cases} requests, {_held} after the first {CasesBetweenChecks}.");
            }
        }
    }
}
