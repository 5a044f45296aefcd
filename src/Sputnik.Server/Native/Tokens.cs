using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>/tokenize, /detokenize and /apply-template, as llama.cpp has them: what a text or a conversation becomes.</summary>
internal sealed class Tokens(Desks desks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/tokenize", Tokenize).Needs(Scope.Chat);
        routes.MapPost("/detokenize", Detokenize).Needs(Scope.Chat);
        routes.MapPost("/apply-template", ApplyTemplate).Needs(Scope.Chat);
    }

    private async Task Tokenize(HttpContext context)
    {
        TokenizeRequest request = await Exchange.Read(context, NativeJson.Default.TokenizeRequest).ConfigureAwait(false);
        string text = request.Content ?? request.Prompt ?? throw ApiException.Invalid("content", "content must be a string.");
        ServedModel model = desks.Of(request.Model).Model;
        Tokenizer tokenizer = model.Responder.Loaded.Tokenizer;
        int[] ids = tokenizer.Encode(text, request.ParseSpecial ?? true, request.AddSpecial ?? false);
        using Json json = new Json().Object().Array("tokens");
        foreach (int id in ids)
        {
            if (request.WithPieces == true)
            {
                json.Object().Set("id", id).Set("piece", tokenizer.Decode([id])).End();
            }
            else
            {
                json.Add(id);
            }
        }

        json.End().Set("count", ids.Length).Set("max_model_len", model.ContextTokens).End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    private async Task Detokenize(HttpContext context)
    {
        DetokenizeRequest request = await Exchange.Read(context, NativeJson.Default.DetokenizeRequest).ConfigureAwait(false);
        ServedModel model = desks.Of(request.Model).Model;
        int[] ids = request.Tokens is { ValueKind: JsonValueKind.Array } tokens
            ? TokenFields.Ids("tokens", tokens, model)
            : throw ApiException.Invalid("tokens", "tokens must be an array of token ids.");
        string text = model.Responder.Loaded.Tokenizer.Decode(ids);
        using Json json = new Json().Object().Set("content", text).Set("prompt", text).End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }

    private async Task ApplyTemplate(HttpContext context)
    {
        ChatRequest request = await Exchange.Read(context, OpenAiJson.Default.ChatRequest).ConfigureAwait(false);
        AnswerDesk desk = desks.Of(request.Model);
        int[] prompt = ApiException.Asking(() => desk.Model.Responder.Prompt(new ChatReader(desk).Read(request)));
        using Json json = new Json().Object().Set("prompt", desk.Model.Responder.Loaded.Tokenizer.Decode(prompt)).Set("count", prompt.Length).End();
        await Exchange.Reply(context, json).ConfigureAwait(false);
    }
}
