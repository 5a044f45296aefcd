using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>OpenAI's completions request as the engine's, one a prompt.</summary>
internal sealed class CompletionReader(AnswerDesk desk)
{
    // OpenAI's default.
    private const int DefaultTokens = 16;

    private RequestChecks Checks => desk.Checks;

    public CompletionPlan Read(CompletionRequest request)
    {
        if (request.Suffix is { Length: > 0 })
        {
            throw ApiException.Unsupported("suffix", "Filling in the middle is not offered; leave suffix out.");
        }

        int choices = Checks.Choices("n", request.N);
        if (request.BestOf is int best && best != choices)
        {
            throw ApiException.Unsupported("best_of", "best_of is not offered beyond n; ask for n and choose.");
        }

        bool echo = request.Echo == true;
        int most = RequestChecks.Count("max_tokens", request.MaxTokens ?? DefaultTokens, echo ? 0 : 1, int.MaxValue);
        int? top = Checks.TopLogProbs("logprobs", request.Logprobs);
        IReadOnlyList<string> stops = Checks.Stop("stop", StringFields.OneOrMany("stop", request.Stop));
        TokenRequest shared = new()
        {
            Prompt = [],
            Draw = Draw(request).ToSettings(desk.Model, desk.Options),
            MaxNewTokens = Math.Max(1, most),
            StopTokens = request.IgnoreEos == true ? [] : desk.Model.Responder.Loaded.Tokenizer.EndIds,
            Choices = choices,
            TopLogProbs = top ?? 0,
            PromptLogProbs = echo && top is not null,
            Guide = stops.Count == 0 ? null : _ => new StopGuide(desk.Model.Responder.Loaded.Tokenizer, stops),
        };
        return new()
        {
            Requests = [.. TokenFields.Texts("prompt", request.Prompt, desk.Model, desk.Options.Prompts, Encode).Select(prompt => WithRoom(shared, prompt))],
            Stops = stops,
            Echo = echo,
            Draws = most > 0,
            LogProbs = top is not null,
        };
    }

    // All prompts are looked at before the first is answered: an error would else stand in the middle of a stream.
    private TokenRequest WithRoom(TokenRequest shared, int[] prompt)
    {
        if (prompt.Length == 0)
        {
            throw ApiException.Invalid("prompt", "A prompt must have one token at least.");
        }

        int room = desk.Model.ContextTokens - prompt.Length;
        return room > 0
            ? shared with { Prompt = prompt, MaxNewTokens = Math.Min(shared.MaxNewTokens, room) }
            : throw new ContextOverflowException(prompt.Length, desk.Model.ContextTokens);
    }

    private static DrawWishes Draw(CompletionRequest request) => new()
    {
        Temperature = request.Temperature,
        TopP = request.TopP,
        TopK = request.TopK,
        MinP = request.MinP,
        TypicalP = request.TypicalP,
        RepeatPenalty = request.RepeatPenalty,
        RepeatLast = request.RepeatLastN,
        PresencePenalty = request.PresencePenalty,
        FrequencyPenalty = request.FrequencyPenalty,
        Seed = request.Seed,
        LogitBias = request.LogitBias,
    };

    // Whoever asks for a plain continuation writes the template too, so special tokens are read as such.
    private int[] Encode(string text) => desk.Model.Responder.Loaded.Tokenizer.Encode(text, parseSpecial: true, addSpecial: true);
}
