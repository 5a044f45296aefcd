using System.Globalization;
using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>Lines of /api/chat and /api/generate. Times are in nanoseconds.</summary>
internal sealed class OllamaReply(AnswerDesk desk, bool chat)
{
    private readonly long _start = desk.Time.GetTimestamp();

    /// <summary>A line that is not the last.</summary>
    public Json Part(AnswerPiece piece)
    {
        (string content, string thinking) = piece.Kind == AnswerPieceKind.Thinking ? ("", piece.Text) : (piece.Text, "");
        return Said(Head(), content, thinking, []).Set("done", false).End();
    }

    /// <summary>The last line, with whatever was not said before.</summary>
    public Json Last(string content, string thinking, IReadOnlyList<ToolCall> calls, AnswerEndReason reason, AnswerUsage usage, RequestPhases? phases)
    {
        RequestPhases at = phases ?? default;
        return Said(Head(), content, thinking, calls)
            .Set("done", true).Set("done_reason", reason is AnswerEndReason.Length or AnswerEndReason.Loop ? "length" : "stop")
            .Set("total_duration", Nanoseconds(desk.Time.GetElapsedTime(_start))).Set("load_duration", 0)
            .Set("prompt_eval_count", usage.Prompt).Set("prompt_eval_duration", Nanoseconds(at.First - at.Queued))
            .Set("eval_count", usage.Completion).Set("eval_duration", Nanoseconds(at.Last - at.First)).End();
    }

    /// <summary>The answer to a request without a prompt: the model is there already.</summary>
    public Json Loaded() => Said(Head(), "", "", []).Set("done", true).Set("done_reason", "load").End();

    // Clients divide tokens by it.
    private static long Nanoseconds(TimeSpan time) => Math.Max(1, (long)time.TotalNanoseconds);

    private Json Head() => new Json().Object().Set("model", desk.Model.Id)
        .Set("created_at", desk.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));

    private Json Said(Json json, string content, string thinking, IReadOnlyList<ToolCall> calls)
    {
        if (chat)
        {
            json.Object("message").Set("role", "assistant");
        }

        json.Set(chat ? "content" : "response", content);
        if (thinking.Length > 0)
        {
            json.Set("thinking", thinking);
        }

        if (calls.Count > 0)
        {
            json.Array("tool_calls");
            foreach (ToolCall call in calls)
            {
                json.Object().Object("function").Set("name", call.Name).Set("arguments", ToolInput.Of(call.Arguments)).End().End();
            }

            json.End();
        }

        return chat ? json.End() : json;
    }
}
