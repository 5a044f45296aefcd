namespace Sputnik.Cli;

/// <summary>A repository at one commit.</summary>
/// <param name="Commit">40 hexadecimal digits; a name such as main may move while files are loaded, this does not.</param>
/// <param name="Files">What it holds.</param>
internal sealed record HubSnapshot(string Commit, IReadOnlyList<HubFile> Files);
