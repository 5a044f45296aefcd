namespace Sputnik.Cli;

/// <summary>A file of a repository, as the hub lists it.</summary>
/// <param name="Path">From the top of the repository, with forward slashes; checked to stay below it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Digest">What its content must hash to.</param>
internal sealed record HubFile(string Path, long Size, FileDigest Digest);
