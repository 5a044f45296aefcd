using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>GET /api/tags, /api/ps, /api/version and POST /api/show. What changes models (create, push, pull, delete, blobs) is not here.</summary>
internal sealed class OllamaModels(Desks desks)
{
    // The newest version whose API this follows: clients ask to see whether tools and thinking are known.
    private const string FollowedVersion = "0.12.0";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/tags", context => List(context, runs: false)).Needs(Scope.Models);
        routes.MapGet("/api/ps", context => List(context, runs: true)).Needs(Scope.Models);
        routes.MapGet("/api/version", Version).Needs(Scope.Models);
        routes.MapPost("/api/show", Show).Needs(Scope.Models);
    }

    private async Task List(HttpContext context, bool runs)
    {
        using Json json = new Json().Object().Array("models");
        foreach (ServedModel model in desks.Models)
        {
            json.Object().Set("name", model.Id).Set("model", model.Id)
                .Set("modified_at", Time(model.Created)).Set("size", model.Bytes).Set("digest", Digest(model)).With(j => Details(j, model));
            if (runs)
            {
                json.Set("expires_at", Time(DateTimeOffset.MaxValue)).Set("size_vram", 0).Set("context_length", model.ContextTokens);
            }

            json.End();
        }

        await Exchange.Reply(context, json.End().End()).ConfigureAwait(false);
    }

    private static async Task Version(HttpContext context)
    {
        using Json json = new Json().Object().Set("version", FollowedVersion).Set("sputnik", Software.Version).End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    private async Task Show(HttpContext context)
    {
        OllamaShowRequest request = await Exchange.Read(context, OllamaJson.Default.OllamaShowRequest).ConfigureAwait(false);
        ServedModel model = desks.Of(request.Model ?? request.Name).Model;
        using Json json = new Json().Object().Set("modelfile", "").Set("parameters", "").Set("template", "").Set("modified_at", Time(model.Created)).With(j => Details(j, model))
            .Object("model_info").Set("general.architecture", model.Family).Set("general.parameter_count", model.Parameters)
            .Set($"{model.Family}.context_length", model.TrainedContext).Set($"{model.Family}.embedding_length", model.Width).End()
            .Array("capabilities").With(j => Capabilities(j, model)).End().End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    private static void Details(Json json, ServedModel model) => json.Object("details").Set("parent_model", "").Set("format", "gguf").Set("family", model.Family)
        .Array("families").Add(model.Family).End()
        .Set("parameter_size", string.Create(CultureInfo.InvariantCulture, $"{model.Parameters / 1e9:0.##}B")).Set("quantization_level", model.Format).End();

    // Ollama's words: what a client sees here, it uses.
    private static void Capabilities(Json json, ServedModel model)
    {
        json.Add("completion").Add("embedding");
        if (model.CallsFunctions)
        {
            json.Add("tools");
        }

        if (model.Thinks)
        {
            json.Add("thinking");
        }
    }

    // Clients compare digests to see whether a model changed; that of the weights would take a minute to make.
    private static string Digest(ServedModel model) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{model.Id} {model.Bytes} {model.Created.ToUnixTimeSeconds()}"))));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
