namespace Sputnik.Cli;

/// <summary>GET /api/models/REPO/revision/REVISION, as far as it is read.</summary>
internal sealed record RevisionReply
{
    /// <summary>The commit.</summary>
    public string? Sha { get; init; }
}
