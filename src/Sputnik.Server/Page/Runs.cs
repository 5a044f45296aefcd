using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>GET /ui/runs, /ui/runs/{name}/metrics and /ui/runs/{name}/rollouts: training runs for the page.</summary>
internal sealed class Runs(RunFiles files)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ui/runs", List).Needs(Scope.Admin);
        routes.MapGet("/ui/runs/{name}/metrics", Metrics).Needs(Scope.Admin);
        routes.MapGet("/ui/runs/{name}/rollouts", Rollouts).Needs(Scope.Admin);
    }

    private async Task List(HttpContext context)
    {
        using Json json = new Json().Array();
        foreach (string name in files.Names())
        {
            json.Object().Set("name", name).Set("started", files.Started(name).ToString("O", CultureInfo.InvariantCulture)).Array("stages");
            foreach (string stage in files.Stages(name))
            {
                json.Add(stage);
            }

            json.End().Set("state", files.State(name)).End();
        }

        await Exchange.Reply(context, json.End()).ConfigureAwait(false);
    }

    private async Task Metrics(HttpContext context)
    {
        using Json json = new Json().Object().Object("series");
        foreach ((string name, List<(int Step, double Value)> points) in files.Series(Name(context)))
        {
            json.Array(name);
            foreach ((int step, double value) in points)
            {
                json.Array().Add((long)step).Add(value).End();
            }

            json.End();
        }

        await Exchange.Reply(context, json.End().End()).ConfigureAwait(false);
    }

    private async Task Rollouts(HttpContext context)
    {
        using Json json = new Json().Array();
        foreach (JsonElement sample in files.Rollouts(Name(context)))
        {
            json.Object().Set("step", Number(sample, "step")).Set("stage", StringFields.Find(sample, "stage")).Set("prompt", StringFields.Find(sample, "prompt"))
                .Set("answer", StringFields.Find(sample, "response")).Set("reward", Number(sample, "reward")).Set("why", StringFields.Find(sample, "why")).End();
        }

        await Exchange.Reply(context, json.End()).ConfigureAwait(false);
    }

    private string Name(HttpContext context) => files.Find(context.GetRouteValue("name") as string ?? "");

    private static double Number(JsonElement sample, string name) =>
        sample.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;
}
