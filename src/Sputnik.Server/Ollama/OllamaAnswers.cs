using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>POST /api/chat and /api/generate: Ollama's dialect, a JSON document a line.</summary>
internal sealed class OllamaAnswers(Desks desks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/chat", Chat).Needs(Scope.Chat);
        routes.MapPost("/api/generate", Generate).Needs(Scope.Chat);
    }

    private async Task Chat(HttpContext context)
    {
        OllamaChatRequest request = await Exchange.Read(context, OllamaJson.Default.OllamaChatRequest).ConfigureAwait(false);
        AnswerDesk desk = desks.Of(request.Model);
        await (request.Messages is null or { Count: 0 }
            ? Loaded(context, new(desk, chat: true))
            : Answer(context, desk, new OllamaReader(desk).Read(request), new(desk, chat: true), request.Stream ?? true)).ConfigureAwait(false);
    }

    private async Task Generate(HttpContext context)
    {
        OllamaGenerateRequest request = await Exchange.Read(context, OllamaJson.Default.OllamaGenerateRequest).ConfigureAwait(false);
        AnswerDesk desk = desks.Of(request.Model);
        OllamaReply reply = new(desk, chat: false);
        await (string.IsNullOrEmpty(request.Prompt) ? Loaded(context, reply)
            : request.Raw == true ? Continue(context, desk, request, reply)
            : Answer(context, desk, new OllamaReader(desk).Read(request), reply, request.Stream ?? true)).ConfigureAwait(false);
    }

    private static async Task Loaded(HttpContext context, OllamaReply reply)
    {
        using Json json = reply.Loaded();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    private static async Task Answer(HttpContext context, AnswerDesk desk, AnswerRequest request, OllamaReply reply, bool streams)
    {
        await using AnswerRun run = desk.Ask(AnswerDesk.NewId("ollama-"), request, context);
        EventStream? stream = streams ? new(context, desk.Options, lines: true) : null;
        Choice choice = new();
        await foreach (AnswerPiece piece in run.Pieces(stream is null ? null : stream.Ping).ConfigureAwait(false))
        {
            // Calls are told whole, with the last line: their arguments are objects here.
            choice.Add(piece);
            if (stream is not null && piece is { Kind: AnswerPieceKind.Thinking or AnswerPieceKind.Content, Text.Length: > 0 })
            {
                using Json json = reply.Part(piece);
                await stream.Send(json).ConfigureAwait(false);
            }
        }

        (string content, string thinking) = streams ? ("", "") : (choice.Content, choice.Thinking);
        using Json last = reply.Last(content, thinking, choice.ToolCalls, choice.End.Reason, run.Usage, run.Phases);
        await (stream is null ? Exchange.Reply(context, last) : stream.Send(last)).ConfigureAwait(false);
    }

    private static async Task Continue(HttpContext context, AnswerDesk desk, OllamaGenerateRequest request, OllamaReply reply)
    {
        (TokenRequest asked, CompletionPlan plan) = new OllamaReader(desk).ReadRaw(request);
        bool streams = request.Stream ?? true;
        await using TokenRun run = desk.Continue([asked], context);
        EventStream? stream = null;
        var text = new CompletionText(0, plan, asked, desk.Model);
        await foreach ((_, TokenEvent token) in run.Tokens().ConfigureAwait(false))
        {
            text.Take(token, run);
            if (streams && text.HasNews && text.Finish is null)
            {
                stream ??= new(context, desk.Options, lines: true);
                using Json part = reply.Part(new(0, AnswerPieceKind.Content, text.News().Text));
                await stream.Send(part).ConfigureAwait(false);
            }
        }

        AnswerEndReason reason = text.Finish == FinishReason.Stop ? AnswerEndReason.Stop : AnswerEndReason.Length;
        using Json last = reply.Last(text.News().Text, "", [], reason, run.Usage, run.Phases);
        await (streams ? (stream ?? new(context, desk.Options, lines: true)).Send(last) : Exchange.Reply(context, last)).ConfigureAwait(false);
    }
}
