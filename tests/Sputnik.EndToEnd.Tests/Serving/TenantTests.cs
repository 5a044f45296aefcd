using System.Text.Json;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>What one key computed is never found by another, which could tell from the time what was asked.</summary>
public sealed class TenantTests
{
    [Theory]
    [InlineData("")]
    [InlineData(""" "user":"first","cache_salt":"first","prompt_cache_key":"first","safety_identifier":"first", """)]
    public async Task The_prefix_cache_hits_for_the_same_key_and_for_no_other(string claims)
    {
        await using ServedZero served = new(new());
        await served.InitializeAsync();
        (string first, _) = served.Store.Keys.Add("first", Scope.All, new(), DateTimeOffset.UnixEpoch);
        (string second, _) = served.Store.Keys.Add("second", Scope.All, new(), DateTimeOffset.UnixEpoch);

        int before = await Cached(served, first, claims);
        int own = await Cached(served, first, claims);
        int other = await Cached(served, second, claims);

        Assert.Equal(0, before);
        Assert.InRange(own, 1, int.MaxValue);
        Assert.Equal(0, other);
    }

    private static async Task<int> Cached(ServedZero served, string secret, string claims)
    {
        string text = string.Concat(Enumerable.Range(10, 50).Select(i => $"{i} + "));
        served.Client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        (int status, JsonElement body) = await served.Post("/v1/chat/completions", $$"""{{{claims}}"messages":[{"role":"user","content":"{{text}}"}],"max_tokens":2}""");

        Assert.True(status == 200, body.GetRawText());
        return body.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32();
    }
}
