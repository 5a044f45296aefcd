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
        EventStream? stream = null;
        List<CompletionText> texts = [];
        AnswerUsage usage = default;
        foreach (TokenRequest asked in plan.Requests)
        {
            await using TokenRun run = desk.Continue(asked, context);
            CompletionText[] own = [.. Enumerable.Range(texts.Count, asked.Choices).Select(index => new CompletionText(index, plan, asked, desk.Model))];
            texts.AddRange(own);
            await foreach (TokenEvent token in run.Tokens(stream is null ? null : stream.Ping).ConfigureAwait(false))
            {
                own[token.Choice].Take(token, run);
                if (request.Stream == true && own[token.Choice].HasNews)
                {
                    stream ??= new(context, desk.Options);
                    using Json chunk = reply.Chunk(own[token.Choice]);
                    await stream.Send(chunk).ConfigureAwait(false);
                }
            }

            usage = usage with { Prompt = usage.Prompt + run.Usage.Prompt, Cached = usage.Cached + run.Usage.Cached, Completion = usage.Completion + (plan.Draws ? run.Usage.Completion : 0) };
        }

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
