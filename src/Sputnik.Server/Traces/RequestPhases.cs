namespace Sputnik.Server;

/// <summary>When a request's phases ended, counted from its start.</summary>
/// <param name="Queued">The engine took it up.</param>
/// <param name="First">Its first token came.</param>
/// <param name="Last">Its last token came.</param>
internal readonly record struct RequestPhases(TimeSpan Queued, TimeSpan First, TimeSpan Last);
