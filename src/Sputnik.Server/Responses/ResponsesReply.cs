using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>The response object, whole or at one moment of its stream.</summary>
internal sealed class ResponsesReply(AnswerDesk desk, AnswerRun run, ResponsesRequest asked)
{
    private readonly long _created = desk.Now;
    private readonly string _suffix = run.Id["resp_".Length..];

    /// <summary>The response as it stands; null choice = not a word yet.</summary>
    public void Write(Json json, Choice? choice, bool ended)
    {
        bool cut = ended && choice?.End.Reason is AnswerEndReason.Length or AnswerEndReason.Loop;
        json.Set("id", run.Id).Set("object", "response").Set("created_at", _created).Set("model", desk.Model.Id)
            .Set("status", !ended ? "in_progress" : cut ? "incomplete" : "completed").Null("error");
        if (cut)
        {
            json.Object("incomplete_details").Set("reason", "max_output_tokens").End();
        }
        else
        {
            json.Null("incomplete_details");
        }

        json.Array("output");
        if (choice is not null)
        {
            Output(json, choice, cut ? "incomplete" : "completed");
        }

        json.End().Set("store", false).Set("parallel_tool_calls", run.Request.ParallelToolCalls).Set("temperature", run.Request.Draw?.Temperature ?? 1).Set("top_p", run.Request.Draw?.TopP ?? 1)
            .Set("truncation", "disabled").Null("previous_response_id").With(Asked);
        if (ended)
        {
            Usage(json);
        }
        else
        {
            json.Null("usage");
        }
    }

    /// <summary>Id of an output item; each kind has its own, and calls one each.</summary>
    public string ItemId(AnswerPieceKind kind, int index) => kind switch
    {
        AnswerPieceKind.Thinking => $"rs_{_suffix}",
        AnswerPieceKind.Content => $"msg_{_suffix}",
        _ => $"fc_{_suffix}_{index}",
    };

    public void ThinkingFields(Json json, string? text, string status)
    {
        json.Set("type", "reasoning").Set("id", ItemId(AnswerPieceKind.Thinking, 0)).Set("status", status).Array("summary").End().Array("content");
        if (text is not null)
        {
            json.Object().With(j => Part(j, AnswerPieceKind.Thinking, text)).End();
        }

        json.End();
    }

    public void MessageFields(Json json, string? text, string status)
    {
        json.Set("type", "message").Set("id", ItemId(AnswerPieceKind.Content, 0)).Set("role", "assistant").Set("status", status).Array("content");
        if (text is not null)
        {
            json.Object().With(j => Part(j, AnswerPieceKind.Content, text)).End();
        }

        json.End();
    }

    /// <summary>The one part that thinking or a message consists of.</summary>
    public static void Part(Json json, AnswerPieceKind kind, string text)
    {
        if (kind == AnswerPieceKind.Thinking)
        {
            json.Set("type", "reasoning_text").Set("text", text);
        }
        else
        {
            json.Set("type", "output_text").Set("text", text).Array("annotations").End();
        }
    }

    public void CallFields(Json json, ToolCall call, int index, string status) => json.Set("type", "function_call")
        .Set("id", ItemId(AnswerPieceKind.ToolCall, index)).Set("call_id", call.Id).Set("name", call.Name).Set("arguments", call.Arguments).Set("status", status);

    /// <summary>What was asked, said again: clients build their next request of it.</summary>
    private void Asked(Json json)
    {
        json.Set("instructions", asked.Instructions).With(j => _ = asked.MaxOutputTokens is int most ? j.Set("max_output_tokens", most) : j.Null("max_output_tokens")).Set("metadata", asked.Metadata, "{}").Set("tool_choice", asked.ToolChoice, "\"auto\"").Array("tools");
        foreach (ResponsesTool tool in asked.Tools ?? [])
        {
            json.Object().Set("type", tool.Type).Set("name", tool.Name).Set("description", tool.Description).Set("parameters", tool.Parameters, "null").Set("strict", tool.Strict ?? false).End();
        }

        json.End();
    }

    private void Output(Json json, Choice choice, string status)
    {
        if (choice.Thinking.Length > 0)
        {
            json.Object().With(j => ThinkingFields(j, choice.Thinking, "completed")).End();
        }

        if (choice.Content.Length > 0)
        {
            json.Object().With(j => MessageFields(j, choice.Content, status)).End();
        }

        IReadOnlyList<ToolCall> calls = choice.ToolCalls;
        for (int i = 0; i < calls.Count; i++)
        {
            json.Object().With(j => CallFields(j, calls[i], i, status)).End();
        }
    }

    private void Usage(Json json)
    {
        AnswerUsage usage = run.Usage;
        json.Object("usage").Set("input_tokens", usage.Prompt).Object("input_tokens_details").Set("cached_tokens", usage.Cached).End()
            .Set("output_tokens", usage.Completion).Object("output_tokens_details").Set("reasoning_tokens", usage.Reasoning).End()
            .Set("total_tokens", usage.Prompt + usage.Completion).End();
    }
}
