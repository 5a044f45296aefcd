using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>A pull as plain lines: a line a file, and one for each tenth of the whole.</summary>
internal sealed class PullLines(TextWriter output, TimeProvider time) : IPullProgress
{
    private const int Steps = 10;

    private readonly Lock _lock = new();
    private long _start;
    private long _bytes;
    private long _moved;
    private long _told;

    public void Started(int files, long bytes)
    {
        _start = time.GetTimestamp();
        _bytes = bytes;
        output.WriteLine(files == 0 ? "Everything is here already." : $"{files} {(files == 1 ? "file" : "files")}, {Quantity.Scaled(bytes)}B to come");
    }

    public void FileStarted(HubFile file, long bytesHere) =>
        output.WriteLine($"{file.Path}: {Quantity.Scaled(file.Size)}B{(bytesHere > 0 ? $", {Quantity.Percent((double)bytesHere / file.Size)} of it here already" : "")}");

    public void Moved(long bytes)
    {
        lock (_lock)
        {
            _moved += bytes;
            long step = _bytes == 0 ? 0 : Math.Max(0, _moved) * Steps / _bytes;
            if (step <= _told || step >= Steps)
            {
                return;
            }

            _told = step;
            double rate = _moved / Math.Max(time.GetElapsedTime(_start).TotalSeconds, 1e-3);
            output.WriteLine($"{Quantity.Percent((double)_moved / _bytes)}, {Quantity.Scaled(rate)}B/s, {Quantity.Duration((_bytes - _moved) / rate)} left");
        }
    }

    public void Waiting(string why, TimeSpan pause) => output.WriteLine($"{why} Trying again in {Quantity.Duration(pause.TotalSeconds)}.");

    public void Checking(HubFile file) => output.WriteLine($"{file.Path}: checking {file.Digest.Name}");

    public void FileDone(HubFile file) => output.WriteLine($"{file.Path}: done");
}
