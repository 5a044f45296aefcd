using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>POST /v1/completions, also without /v1: text continued as it stands, without a template.</summary>
internal sealed class Completions(Desks desks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (string path in (string[])["/v1/completions", "/completions", "/beta/completions"])
        {
            routes.MapPost(path, Answer).Needs(Scope.Chat);
        }
    }

    private async Task Answer(HttpContext context)
    {
        CompletionRequest request = await Exchange.Read(context, OpenAiJson.Default.CompletionRequest).ConfigureAwait(false);
        AnswerDesk desk = desks.Of(request.Model);
        CompletionPlan plan = new CompletionReader(desk).Read(request);
        var reply = new CompletionReply(desk) { IncludesUsage = request.StreamOptions?.IncludeUsage == true };
        await using TokenRun run = desk.Continue(plan.Requests, context);
        EventStream? stream = request.Stream == true ? new(context, desk.Options) : null;
        CompletionText[] texts = [.. plan.Requests.SelectMany(asked => Enumerable.Repeat(asked, asked.Choices)).Select((asked, index) => new CompletionText(index, plan, asked, desk.Model))];
        await foreach ((int prompt, TokenEvent token) in run.Tokens(stream is null ? null : stream.Ping).ConfigureAwait(false))
        {
            CompletionText text = texts[(prompt * plan.Requests[prompt].Choices) + token.Choice];
            text.Take(token, run);
            if (stream is not null && text.HasNews)
            {
                using Json chunk = reply.Chunk(text);
                await stream.Send(chunk).ConfigureAwait(false);
            }
        }

        AnswerUsage usage = plan.Draws ? run.Usage : run.Usage with { Completion = 0 };
        await (stream is null ? Whole(context, reply, texts, usage) : End(stream, reply, usage)).ConfigureAwait(false);
    }

    private static async Task Whole(HttpContext context, CompletionReply reply, IReadOnlyList<CompletionText> texts, AnswerUsage usage)
    {
        using Json json = reply.Whole(texts, usage);
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    private static async Task End(EventStream stream, CompletionReply reply, AnswerUsage usage)
    {
        if (reply.IncludesUsage)
        {
            using Json json = reply.End(usage);
            await stream.Send(json).ConfigureAwait(false);
        }

        await stream.End().ConfigureAwait(false);
    }
}
