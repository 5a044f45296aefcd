using System.Buffers.Binary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>POST /v1/embeddings, also without /v1: texts as unit vectors, as <see cref="Sputnik.Generation.TokenStream.Embedding"/> defines them.</summary>
internal sealed class Embeddings(Desks desks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (string path in (string[])["/v1/embeddings", "/embeddings"])
        {
            routes.MapPost(path, Answer).Needs(Scope.Embed);
        }
    }

    private async Task Answer(HttpContext context)
    {
        EmbeddingRequest request = await Exchange.Read(context, OpenAiJson.Default.EmbeddingRequest).ConfigureAwait(false);
        AnswerDesk desk = desks.Of(request.Model);
        Embedder embedder = new(desk);
        bool packed = request.EncodingFormat switch
        {
            null or "float" => false,
            "base64" => true,
            _ => throw ApiException.Invalid("encoding_format", "encoding_format must be float or base64."),
        };
        IReadOnlyList<int[]> texts = embedder.Read("input", request.Input, request.Dimensions);
        IReadOnlyList<IReadOnlyList<float>> vectors = await embedder.Embed(texts, context).ConfigureAwait(false);
        int tokens = texts.Sum(text => text.Length);

        using Json json = new Json().Object().Set("object", "list").Array("data");
        for (int index = 0; index < vectors.Count; index++)
        {
            json.Object().Set("object", "embedding").Set("index", index);
            _ = packed ? json.Set("embedding", Pack(vectors[index])) : Embedder.Write(json.Array("embedding"), vectors[index]).End();
            json.End();
        }

        json.End().Set("model", desk.Model.Id).Object("usage").Set("prompt_tokens", tokens).Set("total_tokens", tokens).End().End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    /// <summary>Floats of four bytes, the lowest first.</summary>
    private static string Pack(IReadOnlyList<float> vector)
    {
        byte[] bytes = new byte[vector.Count * sizeof(float)];
        for (int column = 0; column < vector.Count; column++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(column * sizeof(float)), vector[column]);
        }

        return Convert.ToBase64String(bytes);
    }
}
