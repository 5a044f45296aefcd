using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>What /v1/completions answers: whole, or in chunks.</summary>
internal sealed class CompletionReply(AnswerDesk desk)
{
    private readonly string _id = AnswerDesk.NewId("cmpl-");
    private readonly long _created = desk.Now;

    /// <summary>Whether every chunk says that its usage is still unknown.</summary>
    public bool IncludesUsage { get; init; }

    public Json Whole(IReadOnlyList<CompletionText> texts, AnswerUsage usage)
    {
        Json json = Head().Array("choices");
        foreach (CompletionText text in texts)
        {
            Choice(json, text);
        }

        return Usage(json.End(), usage).End();
    }

    public Json Chunk(CompletionText text)
    {
        Json json = Head().Array("choices");
        Choice(json, text);
        json.End();
        return (IncludesUsage ? json.Null("usage") : json).End();
    }

    public Json End(AnswerUsage usage) => Usage(Head().Array("choices").End(), usage).End();

    private Json Head() => new Json().Object().Set("id", _id).Set("object", "text_completion").Set("created", _created).Set("model", desk.Model.Id);

    private static Json Usage(Json json, AnswerUsage usage) => json.Object("usage")
        .Set("prompt_tokens", usage.Prompt).Set("completion_tokens", usage.Completion).Set("total_tokens", usage.Prompt + usage.Completion)
        .Object("prompt_tokens_details").Set("cached_tokens", usage.Cached).End().End();

    private void Choice(Json json, CompletionText text)
    {
        (string said, IReadOnlyList<CompletionText.TokenLine>? lines) = text.News();
        json.Object().Set("text", said).Set("index", text.Index);
        LogProbs(json, lines);
        json.Set("finish_reason", text.Finish switch { null => null, FinishReason.Stop => "stop", _ => "length" }).End();
    }

    private void LogProbs(Json json, IReadOnlyList<CompletionText.TokenLine>? lines)
    {
        if (lines is null)
        {
            json.Null("logprobs");
            return;
        }

        json.Object("logprobs").Array("tokens");
        Each(lines, line => json.Add(line.Text));
        json.End().Array("token_logprobs");
        Each(lines, line => _ = line.LogProb is float known ? json.Add(TokenLogProbs.Finite(known)) : json.AddNull());
        json.End().Array("top_logprobs");
        Each(lines, line => Top(json, line.Top));
        json.End().Array("text_offset");
        Each(lines, line => json.Add(line.Offset));
        json.End().End();
    }

    private void Top(Json json, IReadOnlyList<TokenLogProb>? top)
    {
        if (top is null)
        {
            json.AddNull();
            return;
        }

        // Two tokens may have one text; an object cannot: the likelier stays.
        json.Object();
        foreach (IGrouping<string, TokenLogProb> same in top.GroupBy(token => desk.Model.Responder.Loaded.Tokenizer.Decode([token.Id])))
        {
            json.Set(same.Key, TokenLogProbs.Finite(same.First().LogProb));
        }

        json.End();
    }

    private static void Each(IReadOnlyList<CompletionText.TokenLine> lines, Action<CompletionText.TokenLine> write)
    {
        foreach (CompletionText.TokenLine line in lines)
        {
            write(line);
        }
    }
}
