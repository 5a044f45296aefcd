using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>Every route there is.</summary>
internal static class Routes
{
    public static void Map(IEndpointRouteBuilder routes, Desks desks, Accounts accounts, Probes probes)
    {
        new ChatCompletions(desks).Map(routes);
        new Completions(desks).Map(routes);
        new Models(desks).Map(routes);
        new Embeddings(desks).Map(routes);
        new ResponsesEndpoint(desks).Map(routes);
        new Messages(desks).Map(routes);
        new OllamaAnswers(desks).Map(routes);
        new OllamaEmbeddings(desks).Map(routes);
        new OllamaModels(desks).Map(routes);
        new Tokens(desks).Map(routes);
        new Props(desks).Map(routes);
        probes.Map(routes);
        new Usage(desks, accounts).Map(routes);
        new Runs(new(desks.Options.Runs ?? "")).Map(routes);
        OpenApi.Map(routes);
        if (desks.Options.Page && PageFiles.Paths.Count > 0)
        {
            PageFiles.Map(routes);
        }
        else
        {
            // Ollama's clients ask this to see whether it lives.
            routes.MapMethods("/", ["GET", "HEAD"], context => context.Response.WriteAsync("Sputnik is running", context.RequestAborted)).Open();
        }
    }
}
