using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>Who may ask, and what it cost.</summary>
internal sealed class Accounts(ServerOptions options)
{
    // Owners mean nothing outside this process: nobody can know another's.
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly byte[][] _keys = [.. options.ApiKeys.Select(Hash)];

    /// <summary>The caller of a request, when its key is good for it.</summary>
    /// <exception cref="ApiException">It is not.</exception>
    public Caller Admit(HttpContext context, Scope? scope)
    {
        if (_keys.Length == 0)
        {
            return Known("local");
        }

        string? key = Presented(context.Request);
        if (key is null)
        {
            throw new ApiException(new(401, "invalid_api_key", "A key is needed: Authorization: Bearer KEY."));
        }

        byte[] hash = Hash(key);
        int found = -1;
        for (int i = 0; i < _keys.Length; i++)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, _keys[i]) ? i : found;
        }

        if (found < 0)
        {
            throw new ApiException(new(401, "invalid_api_key", "The key is not known here."));
        }

        return scope is not null ? Known($"option-{found}") : throw new ApiException(new(404, "route_not_found", "There is no such route here; /openapi.json names all there are."));
    }

    /// <summary>Adds a request to its key's day.</summary>
    public void Charge(Caller caller, string model, AnswerUsage usage, TimeSpan processor)
    {
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static string? Presented(HttpRequest request)
    {
        string? bearer = request.Headers.Authorization;
        return bearer is not null && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer["Bearer ".Length..].Trim() : (string?)request.Headers["x-api-key"];
    }

    private Caller Known(string id) => new(id, Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(id))));
}
