using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>POST /v1/responses, without a store.</summary>
internal sealed class ResponsesEndpoint(Desks desks)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/responses", Answer).Needs(Scope.Chat);

    private async Task Answer(HttpContext context)
    {
        ResponsesRequest request = await Exchange.Read(context, OpenAiJson.Default.ResponsesRequest).ConfigureAwait(false);
        AnswerDesk desk = desks.Of(request.Model);
        await using AnswerRun run = desk.Ask(AnswerDesk.NewId("resp_"), new ResponsesReader(desk).Read(request), context);
        var reply = new ResponsesReply(desk, run, request);
        if (request.Stream != true)
        {
            Choice choice = (await run.Collect().ConfigureAwait(false))[0];
            using Json json = new Json().Object().With(j => reply.Write(j, choice, ended: true)).End();
            await Exchange.Reply(context, json).ConfigureAwait(false);
            return;
        }

        var stream = new EventStream(context, desk.Options);
        var events = new ResponseEvents(stream, reply);
        await events.Begin().ConfigureAwait(false);
        await foreach (AnswerPiece piece in run.Pieces(stream.Ping).ConfigureAwait(false))
        {
            await events.Take(piece).ConfigureAwait(false);
        }
    }
}
