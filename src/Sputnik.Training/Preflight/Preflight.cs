using System.Diagnostics;
using System.Globalization;
using Sputnik.Models;
using Sputnik.Tasks;
using Sputnik.Text;

namespace Sputnik.Training;

/// <summary>
/// Checks before a run spends hours: each is a way in which training has been seen to fail without an error, learning nothing.
/// </summary>
public static class Preflight
{
    // A judge this slow would take longer than the rollouts it judges.
    private const double SlowestJudgement = 0.01;

    // Once in this many sampled tokens an untrained end token still comes up within a long response.
    private const float LeastLogProb = -9;

    /// <summary>The template puts begin, user, assistant and think around the problem, and the problem comes back from the ids.</summary>
    public static PreflightResult TemplateRenders(Tokenizer tokenizer, Problem problem)
    {
        const string Name = "template renders";
        int[] ids = new DocumentEncoder(tokenizer).Prompt(problem.Prompt);
        SpecialIds special = tokenizer.Special;
        bool shaped = ids[0] == special.BeginOfSentence && ids[1] == special.User && ids.Contains(special.Assistant) && ids.Contains(special.ThinkStart);
        string text = tokenizer.Decode(ids);
        return !shaped ? new(Name, false, $"The prompt lacks a special token: '{text}'.")
            : !text.Contains(problem.Prompt, StringComparison.Ordinal) ? new(Name, false, $"The problem does not come back from the ids: '{text}'.")
            : new(Name, true, $"{ids.Length} tokens: '{text}'.");
    }

    /// <summary>The model gives the end token a chance where a response is complete; otherwise every rollout is cut off and earns nothing.</summary>
    public static PreflightResult EndTokenReachable(ILanguageModel model, SequencePass pass, Tokenizer tokenizer, Document document)
    {
        const string Name = "end token reachable";
        if (tokenizer.VocabularySize > model.VocabularySize)
        {
            return new(Name, false, $"The tokenizer has {tokenizer.VocabularySize} tokens, the model {model.VocabularySize}: they do not belong together.");
        }

        float logProb = pass.Score([new DocumentEncoder(tokenizer).Whole(document)])[0][^1];
        return logProb >= LeastLogProb
            ? new(Name, true, Text($"log p = {logProb:0.00} after a complete response."))
            : new(Name, false, Text($"log p = {logProb:0.00} after a complete response: pretrain longer, or train on documents that end."));
    }

    /// <summary>Every example has something to learn and fits the model; an empty mask trains nothing without an error.</summary>
    public static PreflightResult MaskNotEmpty(IReadOnlyList<ScoredSequence> examples, int maxLength)
    {
        const string Name = "something to learn";
        long learned = examples.Sum(e => (long)e.Count);
        int longest = examples.Count == 0 ? 0 : examples.Max(e => e.Rows);
        return learned == 0 ? new(Name, false, "No token of any example is learned.")
            : longest > maxLength ? new(Name, false, $"The longest example needs {longest} positions, the model has {maxLength}.")
            : new(Name, true, $"{learned} of {examples.Sum(e => (long)e.Tokens.Length)} tokens are learned; the longest example has {longest + 1}.");
    }

    /// <summary>The judge is fast, also on a response that is nothing but brackets.</summary>
    public static PreflightResult RewardTimed(Verifier verifier, Problem problem, int maxNewTokens)
    {
        const string Name = "reward timed";
        string[] responses = ["</think>\n" + ResponseFormat.Box(problem.Answer), new string('{', 4 * maxNewTokens), string.Concat(Enumerable.Repeat("\\boxed{", maxNewTokens))];
        bool right = verifier.Verify(problem, responses[0]).IsRight;
        Stopwatch watch = Stopwatch.StartNew();
        foreach (string response in responses)
        {
            verifier.Verify(problem, response);
        }

        double seconds = watch.Elapsed.TotalSeconds / responses.Length;
        return !right ? new(Name, false, $"The judge refuses the problem's own answer, '{problem.Answer}'.")
            : seconds > SlowestJudgement ? new(Name, false, Text($"A judgement takes {seconds:0.000} s, at most {SlowestJudgement} s are bearable."))
            : new(Name, true, Text($"A judgement takes {seconds * 1e6:0} µs."));
    }

    /// <summary>The memory that training will take is there.</summary>
    public static PreflightResult MemorySuffices(MemoryForecast forecast, long availableBytes)
    {
        const double Mebi = 1 << 20;
        string message = Text(
            $"{forecast.Total / Mebi:0} MiB: weights {forecast.Weights / Mebi:0}, cache {forecast.Cache / Mebi:0}, activations {forecast.Activations / Mebi:0}, reference {forecast.Reference / Mebi:0}; {availableBytes / Mebi:0} MiB are there");
        return new("memory forecast", forecast.Total <= availableBytes, forecast.Total <= availableBytes ? message + "." : message + ": take smaller micro-batches.");
    }

    /// <summary>Some response of a sampled group ended by itself.</summary>
    public static PreflightResult NotAllTruncated(IReadOnlyList<Response> group)
    {
        const string Name = "responses end";
        int cut = group.Count(r => r.Truncated);
        return cut < group.Count
            ? new(Name, true, $"{group.Count - cut} of {group.Count} responses ended by themselves.")
            : new(Name, false, $"All {group.Count} responses were cut at the limit: raise MaxNewTokens, or pretrain longer. The first began '{group[0].Text[..Math.Min(80, group[0].Text.Length)]}'.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
