using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>POST /api/embed, and /api/embeddings, which came before and takes one text.</summary>
internal sealed class OllamaEmbeddings(Desks desks)
{
    private const long NanosecondsPerMicrosecond = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/embed", Many).Needs(Scope.Embed);
        routes.MapPost("/api/embeddings", One).Needs(Scope.Embed);
    }

    private async Task Many(HttpContext context)
    {
        long began = desks.Time.GetTimestamp();
        OllamaEmbedRequest request = await Exchange.Read(context, OllamaJson.Default.OllamaEmbedRequest).ConfigureAwait(false);
        AnswerDesk desk = desks.Of(request.Model);
        Embedder embedder = new(desk);
        if (request.Truncate == true)
        {
            throw ApiException.Unsupported("truncate", "A text that does not fit is refused, never cut; leave truncate out.");
        }

        IReadOnlyList<int[]> texts = embedder.Read("input", request.Input, request.Dimensions);
        IReadOnlyList<IReadOnlyList<float>> vectors = await embedder.Embed(texts, context).ConfigureAwait(false);
        using Json json = new Json().Object().Set("model", desk.Model.Id).Array("embeddings");
        foreach (IReadOnlyList<float> vector in vectors)
        {
            Embedder.Write(json.Array(), vector).End();
        }

        json.End().Set("total_duration", (long)desks.Time.GetElapsedTime(began).TotalMicroseconds * NanosecondsPerMicrosecond)
            .Set("load_duration", 0).Set("prompt_eval_count", texts.Sum(text => text.Length)).End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    private async Task One(HttpContext context)
    {
        OllamaEmbeddingRequest request = await Exchange.Read(context, OllamaJson.Default.OllamaEmbeddingRequest).ConfigureAwait(false);
        Embedder embedder = new(desks.Of(request.Model));
        IReadOnlyList<int[]> texts = [embedder.Read("prompt", request.Prompt)];
        IReadOnlyList<IReadOnlyList<float>> vectors = await embedder.Embed(texts, context).ConfigureAwait(false);
        using Json json = Embedder.Write(new Json().Object().Array("embedding"), vectors[0]).End().End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }
}
