namespace Sputnik.Cli;

/// <summary>Is told how a pull goes. Bytes come from several tasks at once.</summary>
internal interface IPullProgress
{
    /// <summary>How many files and bytes will come; what is here of them from an earlier run is not counted.</summary>
    void Started(int files, long bytes);

    /// <summary>A file begins; some of its bytes may be here from an earlier run.</summary>
    void FileStarted(HubFile file, long bytesHere);

    /// <summary>Bytes came; less than 0 when bytes have to come once more.</summary>
    void Moved(long bytes);

    /// <summary>A request failed and is made again after <paramref name="pause"/>.</summary>
    void Waiting(string why, TimeSpan pause);

    /// <summary>A file is compared with its hash.</summary>
    void Checking(HubFile file);

    /// <summary>A file is whole and has its name.</summary>
    void FileDone(HubFile file);
}
