using System.Globalization;
using System.Text.Json;
using Sputnik.Server;

namespace Sputnik.Cli;

/// <summary>What a running server writes: for people, or one JSON object a line.</summary>
/// <param name="json">Whether machines read it.</param>
internal sealed class ServeLog(bool json)
{
    /// <summary>A fault of the server itself.</summary>
    public void Fault(string message)
    {
        if (json)
        {
            Event("fault", message);
        }
        else
        {
            Console.Error.WriteLine(message);
        }
    }

    /// <summary>A request that has ended.</summary>
    public void Request(AuditLine line) => Console.WriteLine(json
        ? JsonSerializer.Serialize(RequestEvent.Of(line), CliLineContext.Default.RequestEvent)
        : string.Create(CultureInfo.InvariantCulture, $"{line.Time:yyyy-MM-dd HH:mm:ss} {line.Status} {line.Method} {line.Route} {line.Key} {line.Milliseconds} ms"));

    /// <summary>A step of the server's life; people see it by other signs.</summary>
    public void Step(string step)
    {
        if (json)
        {
            Event(step, null);
        }
    }

    private static void Event(string name, string? message) =>
        Console.WriteLine(JsonSerializer.Serialize(new LogEvent(name, TimeProvider.System.GetUtcNow(), message), CliLineContext.Default.LogEvent));
}
