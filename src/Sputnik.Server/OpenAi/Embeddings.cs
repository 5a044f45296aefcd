using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>The routes of embeddings, in the dialects that have one. The engine gives tokens only, and says so.</summary>
internal static class Embeddings
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (string path in (string[])["/v1/embeddings", "/embeddings", "/api/embed", "/api/embeddings"])
        {
            routes.MapPost(path, _ => throw new ApiException(new(501, "not_supported", "Embeddings are not offered: this server answers with text only."))).Needs(Scope.Embed);
        }
    }
}
