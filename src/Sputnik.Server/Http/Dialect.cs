using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>Whose API a request speaks; errors take its shape.</summary>
internal enum Dialect
{
    OpenAi,
    Anthropic,
    Ollama,
}

/// <summary>Which dialect a path belongs to, also where no route stands.</summary>
internal static class Dialects
{
    public static Dialect Of(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) ? Dialect.Ollama
        : path.StartsWithSegments("/v1/messages", StringComparison.Ordinal) ? Dialect.Anthropic
        : Dialect.OpenAi;
}
