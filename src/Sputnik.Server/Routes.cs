using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>Every route there is.</summary>
internal static class Routes
{
    public static void Map(IEndpointRouteBuilder routes, AnswerDesk desk, Drain drain)
    {
        new ChatCompletions(desk).Map(routes);
        new Models(desk).Map(routes);
        new Probes(drain).Map(routes);
    }
}
