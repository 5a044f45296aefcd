namespace Sputnik.Server;

/// <summary>What a server counts of requests that no model answered.</summary>
internal sealed class ServerMetrics
{
    /// <summary>Requests whose client went before the end.</summary>
    public Counter ClientsLeft { get; } = new("sputnik_clients_left_total", "Requests whose client left before the end.");

    /// <summary>Requests refused, by the code the client got.</summary>
    public Counter Rejected { get; } = new("sputnik_rejected_total", "Requests refused.", "reason");
}
