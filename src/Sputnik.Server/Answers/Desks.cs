namespace Sputnik.Server;

/// <summary>A desk for each model, found by the name that a request gives, and what all of them have in common.</summary>
internal sealed class Desks
{
    public Desks(IReadOnlyList<ServedModel> models, ServerOptions options, Accounts accounts, TimeProvider time, Traces traces, CancellationToken closing)
    {
        (Options, Accounts, Time, Traces, Closing) = (options, accounts, time, traces, closing);
        All = [.. models.Select(model => new AnswerDesk(model, this))];
    }

    public IReadOnlyList<AnswerDesk> All { get; }

    public IEnumerable<ServedModel> Models => All.Select(desk => desk.Model);

    public ServerOptions Options { get; }

    public Accounts Accounts { get; }

    public TimeProvider Time { get; }

    public Traces Traces { get; }

    /// <summary>Cancelled when what runs must end now.</summary>
    public CancellationToken Closing { get; }

    public RunningAnswers Running { get; } = new();

    public ServerMetrics Metrics { get; } = new();

    public ProcessorShares Processor { get; } = new(ProcessorShares.OfThisProcess);

    /// <summary>The desk of a model; the first where a request names none.</summary>
    /// <exception cref="ApiException">There is none of that name.</exception>
    public AnswerDesk Of(string? name) => string.IsNullOrEmpty(name)
        ? All[0]
        : All.FirstOrDefault(desk => desk.Model.IsNamed(name))
            ?? throw new ApiException(new(404, "model_not_found", $"There is no model '{Short(name)}' here; this server has {Served}.") { Param = "model" });

    /// <summary>Says which models cannot be served together.</summary>
    /// <exception cref="ArgumentException">There is none, or two answer to one name.</exception>
    public static void Check(IReadOnlyList<ServedModel> models)
    {
        if (models.Count == 0)
        {
            throw new ArgumentException("A server needs one model at least, got none.", nameof(models));
        }

        for (int i = 0; i < models.Count; i++)
        {
            if (models.Where((other, at) => at != i && other.IsNamed(models[i].Id)).Any())
            {
                throw new ArgumentException($"Two models answer to '{models[i].Id}': each needs a name of its own.", nameof(models));
            }
        }
    }

    private string Served => string.Join(", ", Models.Select(model => $"'{model.Id}'"));

    private static string Short(string name) => new([.. name.Take(100).Select(c => char.IsControl(c) ? '?' : c)]);
}
