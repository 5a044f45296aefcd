using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace Sputnik.Cli;

/// <summary>Brings the bytes of one file into its <see cref="PartFile"/>: in several ranges at once where the server gives ranges, else in one stream.</summary>
internal sealed class FileTransfer(HubClient client, IPullProgress progress, Func<Backoff> patience)
{
    private const int BufferBytes = 1 << 17;

    // Asking whether ranges are given costs a round trip, in which a small file is here.
    private const long SmallFile = 1 << 20;

    private readonly HubSettings _settings = client.Settings;

    /// <summary>Loads what is missing of <paramref name="part"/>; what came stays in it when this ends early.</summary>
    /// <exception cref="HubException">The server failed more often than it is worth.</exception>
    public async Task Fill(PartFile part, HubFile file, Uri address, CancellationToken cancellation)
    {
        if (part.IsWhole)
        {
            return;
        }

        Source source = new(address, $"'{file.Path}'", file.Size);
        bool ranges = (file.Size > SmallFile || part.Chunks > 1 || part.BytesDone > 0)
            && await Backoff.Retry(patience(), () => client.AcceptsRanges(address, source.What, cancellation), cancellation);
        if (ranges)
        {
            await InRanges(part, source, cancellation);
        }
        else
        {
            await InOneStream(part, source, cancellation);
        }
    }

    private async Task InRanges(PartFile part, Source source, CancellationToken cancellation)
    {
        using CancellationTokenSource all = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ConcurrentQueue<int> unfinished = new(Enumerable.Range(0, part.Chunks).Where(chunk => part.Rest(chunk) is var (from, to) && from < to));
        await Task.WhenAll(Enumerable.Range(0, Math.Min(_settings.Connections, unfinished.Count)).Select(_ => Work()));

        async Task Work()
        {
            bool done = false;
            try
            {
                while (unfinished.TryDequeue(out int chunk))
                {
                    await Chunk(part, chunk, source, all.Token);
                    part.Save();
                }

                done = true;
            }
            finally
            {
                if (!done)
                {
                    await all.CancelAsync();
                }
            }
        }
    }

    private async Task Chunk(PartFile part, int chunk, Source source, CancellationToken cancellation)
    {
        Backoff backoff = patience();
        while (part.Rest(chunk) is var (from, to) && from < to)
        {
            try
            {
                using HttpResponseMessage response = await client.Get(source.Address, source.What, new RangeHeaderValue(from, to - 1), cancellation);
                if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange is not { } range || range.From != from || (range.Length ?? source.Size) != source.Size)
                {
                    throw new HubException($"{source.What}: bytes {from} to {to - 1} of {source.Size} were asked for, the answer is '{response.Content.Headers.ContentRange}'; pull again.");
                }

                await Copy(response, part, chunk, source, backoff, cancellation);
            }
            catch (HubException e) when (backoff.Bears(e))
            {
                await backoff.Wait(e, cancellation);
            }
        }
    }

    private async Task InOneStream(PartFile part, Source source, CancellationToken cancellation)
    {
        Backoff backoff = patience();
        while (!part.IsWhole)
        {
            progress.Moved(-part.BytesDone);
            part.Restart();
            try
            {
                using HttpResponseMessage response = await client.Get(source.Address, source.What, range: null, cancellation);
                if (response.Content.Headers.ContentLength is { } length && length != source.Size)
                {
                    throw new HubException($"{source.What}: the list says {source.Size} bytes, the answer has {length}; pull again.");
                }

                await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
                for (int chunk = 0; chunk < part.Chunks; chunk++)
                {
                    // Each start from the beginning counts, else a server that always breaks late would never be given up.
                    await Copy(body, part, chunk, source, null, cancellation);
                }
            }
            catch (HubException e) when (backoff.Bears(e))
            {
                await backoff.Wait(e, cancellation);
            }
        }
    }

    private async Task Copy(HttpResponseMessage response, PartFile part, int chunk, Source source, Backoff backoff, CancellationToken cancellation)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
        await Copy(body, part, chunk, source, backoff, cancellation);
    }

    /// <summary>The rest of a chunk from the stream into the part.</summary>
    private async Task Copy(Stream body, PartFile part, int chunk, Source source, Backoff? backoff, CancellationToken cancellation)
    {
        byte[] buffer = new byte[BufferBytes];
        while (part.Rest(chunk) is var (from, to) && from < to)
        {
            int length = await Read(body, buffer.AsMemory(0, (int)Math.Min(buffer.Length, to - from)), source, cancellation);
            if (length == 0)
            {
                throw new HubException($"{source.What}: the connection ended at byte {from} of {source.Size}; the same command goes on from there.") { IsTransient = true };
            }

            await part.Append(chunk, buffer.AsMemory(0, length), cancellation);
            progress.Moved(length);
            backoff?.Progressed();
        }
    }

    // Only what the network does may be tried again; a full disk throws an IOException too.
    private async Task<int> Read(Stream body, Memory<byte> buffer, Source source, CancellationToken cancellation)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(_settings.Silence);
        try
        {
            return await body.ReadAsync(buffer, silence.Token);
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new HubException($"{source.What}: the connection broke; the same command goes on from there.", e) { IsTransient = true };
        }
    }

    private sealed record Source(Uri Address, string What, long Size);
}
