using Sputnik.Cli;

namespace Sputnik.Tests.Cli.Pulling;

/// <summary>Keeps what it is told, and may act on it.</summary>
internal sealed class PullSteps : IPullProgress
{
    private readonly Lock _lock = new();

    public long ToCome { get; private set; }

    public long Came { get; private set; }

    public List<string> Waits { get; } = [];

    public List<string> Checked { get; } = [];

    public List<string> Done { get; } = [];

    /// <summary>Called after bytes came, with how many there are now.</summary>
    public Action<long> OnMoved { get; set; } = static _ => { };

    public void Started(int files, long bytes) => ToCome = bytes;

    public void FileStarted(HubFile file, long bytesHere) => Assert.InRange(bytesHere, 0, file.Size);

    public void Moved(long bytes)
    {
        lock (_lock)
        {
            Came += bytes;
            OnMoved(Came);
        }
    }

    public void Waiting(string why, TimeSpan pause)
    {
        lock (_lock)
        {
            Waits.Add(why);
        }
    }

    public void Checking(HubFile file) => Checked.Add(file.Path);

    public void FileDone(HubFile file) => Done.Add(file.Path);
}
