using System.Security.Cryptography;
using System.Text;
using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>What /v1/messages answers when it is not streamed, and the parts that both ways share.</summary>
internal sealed class MessagesReply(AnswerDesk desk, AnswerRun run)
{
    public Json Whole(Choice choice)
    {
        Json json = Head(new Json().Object()).Array("content");
        if (choice.Thinking.Length > 0)
        {
            json.Object().Set("type", "thinking").Set("thinking", choice.Thinking).Set("signature", Signature(choice.Thinking)).End();
        }

        if (choice.Content.Length > 0)
        {
            json.Object().Set("type", "text").Set("text", choice.Content).End();
        }

        foreach (ToolCall call in choice.ToolCalls)
        {
            json.Object().Set("type", "tool_use").Set("id", call.Id).Set("name", call.Name).Set("input", ToolInput.Of(call.Arguments)).End();
        }

        return json.End().With(j => Stop(j, choice.End)).With(Usage).End();
    }

    /// <summary>The fields before the content.</summary>
    public Json Head(Json json) => json.Set("id", run.Id).Set("type", "message").Set("role", "assistant").Set("model", desk.Model.Id);

    public static void Stop(Json json, AnswerEnd? end)
    {
        json.Set("stop_reason", end switch
        {
            null => null,
            { StopString: not null } => "stop_sequence",
            { Reason: AnswerEndReason.Stop } => "end_turn",
            { Reason: AnswerEndReason.ToolCalls } => "tool_use",
            _ => "max_tokens",
        }).Set("stop_sequence", end?.StopString);
    }

    public void Usage(Json json)
    {
        AnswerUsage usage = run.Usage;
        json.Object("usage").Set("input_tokens", usage.Prompt - usage.Cached).Set("output_tokens", usage.Completion)
            .Set("cache_read_input_tokens", usage.Cached).Set("cache_creation_input_tokens", 0).End();
    }

    /// <summary>Clients send it back with the thinking; nothing here depends on it.</summary>
    public static string Signature(string thinking) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(thinking)));
}
