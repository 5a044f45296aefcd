using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>How a token is drawn where a request says nothing of it.</summary>
public sealed class DrawWishesTests
{
    [Fact]
    public async Task What_a_request_leaves_out_is_as_the_model_wishes()
    {
        using LoadedModel zero = LoadedModel.Open(Repository.File("models/sputnik-zero"));
        GenerationConfig wishes = new() { Temperature = 0.5f, TopP = 0.75f, TopK = 20, MinP = 0.25f, TypicalP = 0.875f, RepetitionPenalty = 1.5f };
        await using ServedZero served = new(new(), loaded: new(zero.Model, zero.Tokenizer, wishes));
        await served.InitializeAsync();

        DrawSettings silent = new DrawWishes().ToSettings(served.Model, new()), said = new DrawWishes { TopP = 1, TopK = 0, Temperature = 1 }.ToSettings(served.Model, new());
        (_, JsonElement props) = await served.Get("/props");

        Assert.Equal((0.5f, 0.75f, 20, 0.25f, 0.875f, 1.5f), (silent.Temperature, silent.TopP, silent.TopK, silent.MinP, silent.TypicalP, silent.RepetitionPenalty));
        Assert.Equal((1f, 1f, 0, 0.25f), (said.Temperature, said.TopP, said.TopK, said.MinP));
        JsonElement told = props.GetProperty("default_generation_settings").GetProperty("params");
        Assert.Equal(
            [0.5, 20, 0.75, 0.25, 0.875, 1.5],
            ((string[])["temperature", "top_k", "top_p", "min_p", "typical_p", "repeat_penalty"]).Select(name => told.GetProperty(name).GetDouble()));
    }
}
