using System.Globalization;
using System.Text;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>What is counted, in Prometheus' text format 0.0.4. Names follow vLLM's, so that dashboards fit.</summary>
internal sealed class Metrics
{
    private readonly Counter _prompt = new("sputnik_prompt_tokens_total", "Tokens of prompts.");
    private readonly Counter _generated = new("sputnik_generation_tokens_total", "Tokens drawn, thinking included.");
    private readonly Counter _reasoning = new("sputnik_reasoning_tokens_total", "Tokens of thinking.");
    private readonly Counter _cacheQueries = new("sputnik_prefix_cache_queries_total", "Tokens of prompts looked for in the cache.");
    private readonly Counter _cacheHits = new("sputnik_prefix_cache_hits_total", "Tokens of prompts found in the cache.");
    private readonly Counter _success = new("sputnik_request_success_total", "Answers made.", "finished_reason");
    private readonly Counter _insideThinking = new("sputnik_truncated_thinking_total", "Answers that ended inside the thinking.");
    private readonly Counter _budgetForced = new("sputnik_budget_forced_total", "Answers whose thinking was closed at its budget.");

    /// <summary>Requests cut off, by what they waited for.</summary>
    public Counter Cancelled { get; } = new("sputnik_cancelled_total", "Requests whose client left.", "phase");

    /// <summary>Requests refused, by the code the client got.</summary>
    public Counter Rejected { get; } = new("sputnik_rejected_total", "Requests refused.", "reason");

    public Histogram FirstToken { get; } = new("sputnik_time_to_first_token_seconds", "From the request to the first token.");

    public Histogram BetweenTokens { get; } = new("sputnik_inter_token_latency_seconds", "From token to token.");

    public Histogram Whole { get; } = new("sputnik_e2e_request_latency_seconds", "From the request to its end.");

    public void Charged(AnswerUsage usage)
    {
        _prompt.Add(usage.Prompt);
        _generated.Add(usage.Completion);
        _reasoning.Add(usage.Reasoning);
        _cacheQueries.Add(usage.Prompt);
        _cacheHits.Add(usage.Cached);
    }

    public void Ended(AnswerEnd end)
    {
        Finished(end.Reason.ToString().ToLowerInvariant());
        _insideThinking.Add(end.InsideThinking ? 1 : 0);
        _budgetForced.Add(end.BudgetForced ? 1 : 0);
    }

    public void Finished(string reason) => _success.Add(1, reason);

    /// <summary>The whole page.</summary>
    public string ToText(int running, int waiting)
    {
        var text = new StringBuilder();
        Gauge(text, "sputnik_requests_running", "Requests of which tokens have come.", running);
        Gauge(text, "sputnik_requests_waiting", "Requests without a first token yet.", waiting);
        foreach (Counter counter in (Counter[])[_prompt, _generated, _reasoning, _cacheQueries, _cacheHits, _success, _insideThinking, _budgetForced, Cancelled, Rejected])
        {
            counter.Write(text);
        }

        FirstToken.Write(text);
        BetweenTokens.Write(text);
        Whole.Write(text);
        return text.ToString();
    }

    private static void Gauge(StringBuilder text, string name, string help, int value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
}
