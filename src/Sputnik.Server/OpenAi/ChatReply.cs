using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Server;

/// <summary>What /v1/chat/completions answers: whole, or in chunks.</summary>
internal sealed class ChatReply(AnswerDesk desk, AnswerRun run)
{
    // What clients compare to see whether the same software and weights answered.
    private readonly string _fingerprint = $"sputnik-{Software.Version}";
    private readonly long _created = desk.Now;

    /// <summary>The whole answer.</summary>
    public Json Whole(IReadOnlyList<Choice> choices)
    {
        Json json = Head(new Json(), "chat.completion").Array("choices");
        for (int index = 0; index < choices.Count; index++)
        {
            Choice choice = choices[index];
            json.Object().Set("index", index).Object("message").Set("role", "assistant");
            IReadOnlyList<ToolCall> calls = choice.ToolCalls;
            json.Set("content", calls.Count > 0 && choice.Content.Length == 0 ? null : choice.Content).With(j => Reasoning(j, choice.Thinking)).Null("refusal");
            ToolCalls(json, calls);
            json.End();
            LogProbs(json, choice.ContentTokens, choice.ThinkingTokens);
            json.With(j => Finish(j, choice.End)).End();
        }

        return Usage(json.End(), "usage").Set("seed", (long)Seed).End();
    }

    /// <summary>The chunk that begins a choice.</summary>
    public Json Begin(int choice) =>
        Chunk(choice, delta => delta.Set("role", "assistant").Set("content", ""), null);

    /// <summary>The chunk of a piece; null where it says nothing.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="call">Which call of its choice it belongs to, from 0.</param>
    public Json? Of(AnswerPiece piece, int call) => piece switch
    {
        { End: AnswerEnd end } => Chunk(piece.Choice, _ => { }, end),
        { Kind: AnswerPieceKind.ToolCall, Call: { } begun } => Chunk(piece.Choice, delta => CallDelta(delta, call, begun, piece.Text), null),
        { Text.Length: 0, Tokens.Count: 0 } => null,
        { Kind: AnswerPieceKind.Thinking } => Chunk(piece.Choice, delta => Reasoning(delta, piece.Text), null, tokens: ([], piece.Tokens)),
        { Kind: AnswerPieceKind.Content } => Chunk(piece.Choice, delta => delta.Set("content", piece.Text), null, tokens: (piece.Tokens, [])),
        { Kind: AnswerPieceKind.ToolArguments } => Chunk(piece.Choice, delta => CallDelta(delta, call, null, piece.Text), null),
        _ => null,
    };

    /// <summary>The chunk after the last, with what it cost.</summary>
    public Json End() => Usage(Head(new Json(), "chat.completion.chunk").Array("choices").End(), "usage").Set("seed", (long)Seed).End();

    /// <summary>Whether every chunk says that its usage is still unknown.</summary>
    public bool IncludesUsage { get; init; }

    private ulong Seed => run.Request.Draw?.Seed ?? 0;

    private Json Head(Json json, string kind) => json.Object()
        .Set("id", run.Id).Set("object", kind).Set("created", _created).Set("model", desk.Model.Id).Set("system_fingerprint", _fingerprint);

    private Json Chunk(int choice, Action<Json> delta, AnswerEnd? end, (IReadOnlyList<TokenEvent> Content, IReadOnlyList<TokenEvent> Thinking)? tokens = null)
    {
        Json json = Head(new Json(), "chat.completion.chunk").Array("choices").Object().Set("index", choice).Object("delta").With(delta).End();
        LogProbs(json, tokens?.Content ?? [], tokens?.Thinking ?? []);
        if (end is null)
        {
            json.Null("finish_reason");
        }
        else
        {
            Finish(json, end);
        }

        json.End().End();
        return (IncludesUsage ? json.Null("usage") : json).End();
    }

    private void Reasoning(Json json, string text)
    {
        if (desk.Options.Reasoning != ReasoningField.Reasoning)
        {
            json.Set("reasoning_content", text);
        }

        if (desk.Options.Reasoning != ReasoningField.ReasoningContent)
        {
            json.Set("reasoning", text);
        }
    }

    private static void ToolCalls(Json json, IReadOnlyList<ToolCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        json.Array("tool_calls");
        foreach (ToolCall call in calls)
        {
            json.Object().Set("id", call.Id).Set("type", "function").Object("function").Set("name", call.Name).Set("arguments", call.Arguments).End().End();
        }

        json.End();
    }

    private static void CallDelta(Json json, int index, ToolCall? begun, string arguments)
    {
        json.Array("tool_calls").Object().Set("index", index);
        if (begun is not null)
        {
            json.Set("id", begun.Id).Set("type", "function");
        }

        json.Object("function");
        if (begun is not null)
        {
            json.Set("name", begun.Name);
        }

        json.Set("arguments", arguments).End().End().End();
    }

    // Clients know stop, length, tool_calls; why else an answer ended stands beside it.
    private static void Finish(Json json, AnswerEnd end)
    {
        json.Set("finish_reason", end.Reason switch
        {
            AnswerEndReason.Stop => "stop",
            AnswerEndReason.ToolCalls => "tool_calls",
            _ => "length",
        });
        if (end.StopString is { } stop)
        {
            json.Set("stop_reason", stop);
        }

        if (end.InsideThinking || end.BudgetForced || end.Reason == AnswerEndReason.Loop)
        {
            json.Object("finish_details").Set("inside_thinking", end.InsideThinking).Set("budget_forced", end.BudgetForced).Set("loop", end.Reason == AnswerEndReason.Loop).End();
        }
    }

    private void LogProbs(Json json, IReadOnlyList<TokenEvent> content, IReadOnlyList<TokenEvent> thinking)
    {
        if (run.Request.TopLogProbs is null)
        {
            json.Null("logprobs");
            return;
        }

        json.Object("logprobs").Array("content").With(j => TokenLogProbs.Write(j, content, desk.Model)).End();
        json.Array("reasoning_content").With(j => TokenLogProbs.Write(j, thinking, desk.Model)).End().Null("refusal").End();
    }

    private Json Usage(Json json, string name)
    {
        AnswerUsage usage = run.Usage;
        return json.Object(name)
            .Set("prompt_tokens", usage.Prompt).Set("completion_tokens", usage.Completion).Set("total_tokens", usage.Prompt + usage.Completion)
            .Object("prompt_tokens_details").Set("cached_tokens", usage.Cached).End()
            .Object("completion_tokens_details").Set("reasoning_tokens", usage.Reasoning).End()
            .Set("prompt_cache_hit_tokens", usage.Cached).Set("prompt_cache_miss_tokens", usage.Prompt - usage.Cached)
            .End();
    }
}
