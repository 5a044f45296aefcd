using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Sputnik.Fuzz;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>A few hundred of the requests that <c>Sputnik.Fuzz requests</c> sends by the hundred thousand.</summary>
public sealed partial class RequestFuzzTests
{
    [Fact]
    public void A_damaged_request_is_answered_or_refused_and_the_server_lives()
    {
        using RequestsTarget target = new();

        FuzzReport report = new FuzzRun(target, seed: 20261127).Run(first: 0, count: 600);

        Assert.True(report.Failures.Count == 0, string.Join('\n', report.Failures));
        Assert.InRange(report.Accepted, 60, 400);
    }

    [Fact]
    public void Every_route_has_a_seed()
    {
        using RequestsTarget target = new();
        string[] seeded = [.. RequestSeeds.All.Select(seed => $"{seed.Method} {seed.Path}")];

        IEnumerable<string> missed = target.Server.Server.Endpoints
            .Where(route => !PageFiles.Paths.Contains(route.RoutePattern.RawText!.TrimStart('/')))
            .Where(route => !seeded.Any(seed => Pattern(route).IsMatch(seed)))
            .Select(route => route.DisplayName ?? "");

        Assert.Empty(missed);
    }

    private static Regex Pattern(RouteEndpoint route) =>
        new($"^({string.Join('|', route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)}) {Parameter().Replace("/" + route.RoutePattern.RawText!.TrimStart('/'), "[^/]+")}$");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
