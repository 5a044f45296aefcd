using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>/props of the model that ?model= names, as llama.cpp has it, and Prometheus' /metrics. No path of this machine is told.</summary>
internal sealed class Props(Desks desks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/props", Show).Needs(Scope.Models);
        routes.MapGet("/metrics", Measure).Needs(Scope.Metrics);
    }

    private async Task Show(HttpContext context)
    {
        ServedModel model = desks.Of(context.Request.Query["model"]).Model;
        DrawSettings draw = model.Responder.Loaded.Generation.ToDraw();
        using Json json = new Json().Object()
            .Object("default_generation_settings").Set("n_ctx", model.ContextTokens)
            .Object("params").Set("temperature", Shown(draw.Temperature)).Set("top_k", draw.TopK).Set("top_p", Shown(draw.TopP)).Set("min_p", Shown(draw.MinP)).Set("typical_p", Shown(draw.TypicalP))
            .Set("repeat_last_n", draw.RepeatLast).Set("repeat_penalty", Shown(draw.RepetitionPenalty)).Set("presence_penalty", Shown(draw.PresencePenalty)).Set("frequency_penalty", Shown(draw.FrequencyPenalty)).End().End()
            .Set("model_alias", model.Id).Set("n_ctx_train", model.TrainedContext).Set("n_vocab", model.Responder.Loaded.Tokenizer.VocabularySize)
            .Set("build_info", $"sputnik {Software.Version}").End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    // As it was written in the model's file: 0.6, not the double nearest to the float.
    private static double Shown(float value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private Task Measure(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(MetricsPage.Of(desks), context.RequestAborted);
    }
}
