using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>Every route there is.</summary>
internal static class Routes
{
    public static void Map(IEndpointRouteBuilder routes, AnswerDesk desk, Accounts accounts, SelfTest test, Drain drain)
    {
        new ChatCompletions(desk).Map(routes);
        new Completions(desk).Map(routes);
        new Models(desk).Map(routes);
        new Embeddings(desk).Map(routes);
        new ResponsesEndpoint(desk).Map(routes);
        new Messages(desk).Map(routes);
        new OllamaAnswers(desk).Map(routes);
        new OllamaEmbeddings(desk).Map(routes);
        new OllamaModels(desk).Map(routes);
        new Tokens(desk).Map(routes);
        new Props(desk).Map(routes);
        new Probes(desk.Model.Responder.Engine, test, drain).Map(routes);
        new Usage(desk, accounts).Map(routes);
        new Runs(new(desk.Options.Runs ?? "")).Map(routes);
        OpenApi.Map(routes);
        if (desk.Options.Page && PageFiles.Paths.Count > 0)
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
