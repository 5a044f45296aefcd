using System.Text;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>What the server counts besides its engine; <see cref="MetricsPage"/> writes both.</summary>
/// <param name="linesLost">Lines the store did not take (<see cref="StoreWrites"/>).</param>
internal sealed class Metrics(Counter linesLost)
{
    private readonly Counter _reasoning = new("sputnik_reasoning_tokens_total", "Tokens of thinking, of requests that have ended.");
    private readonly Counter _success = new("sputnik_request_success_total", "Answers made.", "finished_reason");
    private readonly Counter _insideThinking = new("sputnik_truncated_thinking_total", "Answers that ended inside the thinking.");
    private readonly Counter _budgetForced = new("sputnik_budget_forced_total", "Answers whose thinking was closed at its budget.");

    /// <summary>Requests whose client went before the end.</summary>
    public Counter ClientsLeft { get; } = new("sputnik_clients_left_total", "Requests whose client left before the end.");

    /// <summary>Requests refused, by the code the client got.</summary>
    public Counter Rejected { get; } = new("sputnik_rejected_total", "Requests refused.", "reason");

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

    public void Write(StringBuilder text)
    {
        foreach (Counter counter in (Counter[])[_reasoning, _success, _insideThinking, _budgetForced, ClientsLeft, Rejected, linesLost])
        {
            counter.Write(text);
        }

        foreach (Histogram histogram in (Histogram[])[FirstToken, BetweenTokens, Whole, Queue, Prefill, Decode])
        {
            histogram.Write(text);
        }
    }
}
