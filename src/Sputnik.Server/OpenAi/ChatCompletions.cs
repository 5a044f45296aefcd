using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>POST /v1/chat/completions, also without /v1 and under /beta as DeepSeek's clients have it.</summary>
internal sealed class ChatCompletions(Desks desks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (string path in (string[])["/v1/chat/completions", "/chat/completions", "/beta/chat/completions"])
        {
            routes.MapPost(path, Answer).Needs(Scope.Chat);
        }

        routes.MapPost("/v1/chat/completions/{id}/stop-thinking", StopThinking).NeedsAlways(Scope.Chat);
    }

    private async Task Answer(HttpContext context)
    {
        ChatRequest request = await Exchange.Read(context, OpenAiJson.Default.ChatRequest).ConfigureAwait(false);
        AnswerDesk desk = desks.Of(request.Model);
        await using AnswerRun run = desk.Ask(AnswerDesk.NewId("chatcmpl-"), new ChatReader(desk).Read(request), context);
        var reply = new ChatReply(desk, run) { IncludesUsage = request.StreamOptions?.IncludeUsage == true };
        if (request.Stream == true)
        {
            await Stream(context, run, reply).ConfigureAwait(false);
        }
        else
        {
            using Json json = reply.Whole(await run.Collect().ConfigureAwait(false));
            await Exchange.Reply(context, json).ConfigureAwait(false);
        }
    }

    private async Task Stream(HttpContext context, AnswerRun run, ChatReply reply)
    {
        var stream = new EventStream(context, desks.Options);
        int[] calls = new int[run.Request.Choices];
        Array.Fill(calls, -1);
        for (int choice = 0; choice < calls.Length; choice++)
        {
            await Send(stream, reply.Begin(choice)).ConfigureAwait(false);
        }

        await foreach (AnswerPiece piece in run.Pieces(stream.Ping).ConfigureAwait(false))
        {
            calls[piece.Choice] += piece.Kind == AnswerPieceKind.ToolCall ? 1 : 0;
            await Send(stream, reply.Of(piece, Math.Max(0, calls[piece.Choice]))).ConfigureAwait(false);
        }

        if (reply.IncludesUsage)
        {
            await Send(stream, reply.End()).ConfigureAwait(false);
        }

        await stream.End().ConfigureAwait(false);
    }

    private static async Task Send(EventStream stream, Json? json)
    {
        if (json is not null)
        {
            using (json)
            {
                await stream.Send(json).ConfigureAwait(false);
            }
        }
    }

    private async Task StopThinking(HttpContext context)
    {
        string id = context.GetRouteValue("id") as string ?? "";
        desks.Running.Find(id, Caller.Of(context)).StopThinking();
        using Json json = new Json().Object().Set("id", id).Set("stopped", true).End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }
}
