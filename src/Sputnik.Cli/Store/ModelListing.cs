namespace Sputnik.Cli;

/// <summary>A model as <c>sputnik models --json</c> prints it.</summary>
internal sealed record ModelListing
{
    /// <summary>What <c>--model</c> takes.</summary>
    public required string Name { get; init; }

    public required string Kind { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset PulledAt { get; init; }

    /// <summary>Everything that was asked for is here.</summary>
    public required bool IsWhole { get; init; }

    public required string Folder { get; init; }

    public static ModelListing Of(StoredModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new()
        {
            Name = model.Name,
            Kind = ModelKind.Of(model),
            Size = model.Manifest.Size,
            PulledAt = model.Manifest.PulledAt,
            IsWhole = model.Manifest.Missing.Count == 0,
            Folder = model.Folder,
        };
    }
}
