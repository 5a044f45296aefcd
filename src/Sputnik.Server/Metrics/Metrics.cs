using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>What is counted of a model besides its engine; <see cref="MetricsPage"/> writes both.</summary>
internal sealed class Metrics
{
    private readonly Counter _reasoning = new("sputnik_reasoning_tokens_total", "Tokens of thinking, of requests that have ended.");
    private readonly Counter _success = new("sputnik_request_success_total", "Answers made.", "finished_reason");
    private readonly Counter _insideThinking = new("sputnik_truncated_thinking_total", "Answers that ended inside the thinking.");
    private readonly Counter _budgetForced = new("sputnik_budget_forced_total", "Answers whose thinking was closed at its budget.");

    /// <summary>The same of every model, in one order.</summary>
    public IReadOnlyList<Counter> Counters => [_reasoning, _success, _insideThinking, _budgetForced];

    /// <summary>As <see cref="Counters"/>.</summary>
    public IReadOnlyList<Histogram> Histograms => [FirstToken, BetweenTokens, Whole, Queue, Prefill, Decode];

    public Histogram FirstToken { get; } = new("sputnik_time_to_first_token_seconds", "From the request to the first token.");

    public Histogram BetweenTokens { get; } = new("sputnik_inter_token_latency_seconds", "From a piece of an answer to the next; a piece is a token mostly.");

    public Histogram Whole { get; } = new("sputnik_e2e_request_latency_seconds", "From the request to its end.");

    public Histogram Queue { get; } = new("sputnik_request_queue_time_seconds", "From the request until the engine took it up.");

    public Histogram Prefill { get; } = new("sputnik_request_prefill_time_seconds", "From there to the first token.");

    public Histogram Decode { get; } = new("sputnik_request_decode_time_seconds", "From the first token to the last.");

    public void Charged(AnswerUsage usage) => _reasoning.Add(usage.Reasoning);

    public void Ended(AnswerEnd end)
    {
        Finished(end.Reason.ToString().ToLowerInvariant());
        _insideThinking.Add(end.InsideThinking ? 1 : 0);
        _budgetForced.Add(end.BudgetForced ? 1 : 0);
    }

    public void Finished(string reason) => _success.Add(1, reason);
}
