using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>POST /v1/messages and /v1/messages/count_tokens: Anthropic's dialect.</summary>
internal sealed class Messages(Desks desks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/messages", Answer).Needs(Scope.Chat);
        routes.MapPost("/v1/messages/count_tokens", Count).Needs(Scope.Chat);
    }

    private async Task Answer(HttpContext context)
    {
        MessagesRequest request = await Exchange.Read(context, AnthropicJson.Default.MessagesRequest).ConfigureAwait(false);
        AnswerDesk desk = desks.Of(request.Model);
        await using AnswerRun run = desk.Ask(AnswerDesk.NewId("msg_"), new MessagesReader(desk).Read(request), context);
        var reply = new MessagesReply(desk, run);
        if (request.Stream != true)
        {
            using Json json = reply.Whole((await run.Collect().ConfigureAwait(false))[0]);
            await Exchange.Reply(context, json).ConfigureAwait(false);
            return;
        }

        var events = new MessageEvents(new(context, desk.Options), reply);
        await events.Begin().ConfigureAwait(false);
        await foreach (AnswerPiece piece in run.Pieces(events.Ping).ConfigureAwait(false))
        {
            await events.Take(piece).ConfigureAwait(false);
        }
    }

    private async Task Count(HttpContext context)
    {
        MessagesRequest request = await Exchange.Read(context, AnthropicJson.Default.MessagesRequest).ConfigureAwait(false);
        AnswerDesk desk = desks.Of(request.Model);
        int[] prompt = ApiException.Asking(() => desk.Model.Responder.Prompt(new MessagesReader(desk).Read(request, counts: true)));
        using Json json = new Json().Object().Set("input_tokens", prompt.Length).End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }
}
