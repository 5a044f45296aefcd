using System.Text.Json;

namespace Sputnik.EndToEnd.Tests;

public sealed class ModelsTests(ServedZero served) : IClassFixture<ServedZero>
{
    [Fact]
    public async Task The_list_has_the_model_with_its_context()
    {
        (int status, JsonElement body) = await served.Get("/v1/models");

        Assert.Equal(200, status);
        JsonElement model = Assert.Single(body.GetProperty("data").EnumerateArray());
        Assert.Equal("sputnik-zero", model.GetProperty("id").GetString());
        Assert.Equal(served.Model.ContextTokens, model.GetProperty("max_model_len").GetInt32());
        Assert.Equal(320, model.GetProperty("meta").GetProperty("n_ctx_train").GetInt32());
    }

    [Theory]
    [InlineData("/v1/models/sputnik-zero", 200)]
    [InlineData("/v1/models/sputnik-zero:latest", 200)]
    [InlineData("/v1/models/some/one/else", 404)]
    public async Task One_model_is_found_by_its_name(string path, int status)
    {
        (int got, JsonElement body) = await served.Get(path);

        Assert.Equal(status, got);
        Assert.Equal(status == 200, body.TryGetProperty("id", out _));
    }
}
