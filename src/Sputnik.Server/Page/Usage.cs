using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>GET /ui/usage: the ledger of the last 30 days, with what it cost here and would have cost elsewhere; of one's own key, or of all with the scope admin.</summary>
internal sealed class Usage(Desks desks, Accounts accounts)
{
    private const int Days = 30;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/ui/usage", Show).Needs(Scope.Chat | Scope.Admin);

    private async Task Show(HttpContext context)
    {
        var caller = Caller.Of(context);
        ApiPrice price = desks.Options.ApiPrice;
        DateOnly first = DateOnly.FromDateTime(desks.Time.GetUtcNow().UtcDateTime).AddDays(1 - Days);
        using Json json = new Json().Object().Array("days");
        foreach (LedgerDay line in accounts.Store.Ledger.Since(first, caller.SeesAll ? null : caller.KeyId))
        {
            json.Object().Set("day", line.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Set("key", line.KeyName).Set("model", line.Model)
                .Set("requests", line.Tokens.Requests).Set("prompt_tokens", line.Tokens.Prompt).Set("completion_tokens", line.Tokens.Completion)
                .Set("reasoning_tokens", line.Tokens.Reasoning).Set("cpu_hours", line.CpuHours)
                .Set("cost", line.CpuHours * desks.Options.PricePerCoreHour).Set("api_cost", price.Of(line.Tokens)).End();
        }

        json.End().Object("price").Set("prompt", price.Prompt).Set("completion", price.Completion).Set("core_hour", desks.Options.PricePerCoreHour).End().End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }
}
