using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>GET /v1/models and /v1/models/{id}; an id may hold slashes.</summary>
internal sealed class Models(Desks desks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (string path in (string[])["/v1/models", "/models"])
        {
            routes.MapGet(path, List).Needs(Scope.Models);
        }

        routes.MapGet("/v1/models/{*id}", One).Needs(Scope.Models);
    }

    private async Task List(HttpContext context)
    {
        using Json json = new Json().Object().Set("object", "list").Array("data");
        foreach (ServedModel model in desks.Models)
        {
            Write(json, model);
        }

        await Exchange.Reply(context, json.End().End()).ConfigureAwait(false);
    }

    private async Task One(HttpContext context)
    {
        AnswerDesk desk = desks.Of(Uri.UnescapeDataString(context.GetRouteValue("id") as string ?? ""));
        using Json json = new Json().With(j => Write(j, desk.Model));
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    // meta is llama.cpp's, max_model_len vLLM's: clients read one or the other.
    private static void Write(Json json, ServedModel model) => json.Object().Set("id", model.Id).Set("object", "model").Set("created", model.Created.ToUnixTimeSeconds()).Set("owned_by", "sputnik")
            .Set("max_model_len", model.ContextTokens)
            .Object("meta")
            .Set("n_vocab", model.Responder.Loaded.Tokenizer.VocabularySize).Set("n_ctx_train", model.TrainedContext).Set("n_ctx", model.ContextTokens)
            .Set("n_embd", model.Width).Set("n_params", model.Parameters).Set("size", model.Bytes)
            .End().End();
}
