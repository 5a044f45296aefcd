using System.Collections.Concurrent;

namespace Sputnik.Server;

/// <summary>The answers being made, by the ids their clients know.</summary>
internal sealed class RunningAnswers
{
    private readonly ConcurrentDictionary<string, AnswerRun> _runs = new(StringComparer.Ordinal);

    public void Add(AnswerRun run)
    {
        if (!_runs.TryAdd(run.Id, run))
        {
            throw new InvalidOperationException($"Two answers have the id {run.Id}.");
        }
    }

    public void Remove(AnswerRun run) => _runs.TryRemove(run.Id, out _);

    /// <summary>The answer of an id, for its own owner only.</summary>
    public AnswerRun Find(string id, Caller caller) => _runs.TryGetValue(id, out AnswerRun? run) && run.Caller.Owner == caller.Owner
        ? run
        : throw new ApiException(new(404, "answer_not_found", "There is no answer of that id being made; it has ended, or it is not yours."));
}
