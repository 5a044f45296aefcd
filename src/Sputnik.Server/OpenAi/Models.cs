using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>GET /v1/models and /v1/models/{id}; an id may hold slashes.</summary>
internal sealed class Models(AnswerDesk desk)
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
        using Json json = new Json().Object().Set("object", "list").Array("data").With(Write).End().End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    private async Task One(HttpContext context)
    {
        desk.Checks.Model(Uri.UnescapeDataString(context.GetRouteValue("id") as string ?? ""));
        using Json json = new Json().With(Write);
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    // meta is llama.cpp's, max_model_len vLLM's: clients read one or the other.
    private void Write(Json json)
    {
        ServedModel model = desk.Model;
        json.Object().Set("id", model.Id).Set("object", "model").Set("created", model.Created.ToUnixTimeSeconds()).Set("owned_by", "sputnik")
            .Set("max_model_len", model.ContextTokens)
            .Object("meta")
            .Set("n_vocab", model.Responder.Loaded.Tokenizer.VocabularySize).Set("n_ctx_train", model.TrainedContext).Set("n_ctx", model.ContextTokens)
            .Set("n_embd", model.Width).Set("n_params", model.Parameters).Set("size", model.Bytes)
            .End().End();
    }
}
