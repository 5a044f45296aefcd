using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Sputnik.EndToEnd.Tests;

/// <summary>A body that is kept back after the server has asked for it.</summary>
internal sealed class HeldBody : HttpContent
{
    private readonly byte[] _text;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldBody(string json)
    {
        _text = Encoding.UTF8.GetBytes(json);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Done when the server waits for it.</summary>
    public Task Asked => _asked.Task;

    public void Release() => _released.SetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _asked.TrySetResult();
        await _released.Task;
        await stream.WriteAsync(_text);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _text.Length;
        return true;
    }
}
