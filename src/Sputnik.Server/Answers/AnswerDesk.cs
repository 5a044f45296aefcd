using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>Where every dialect asks one model: its limits, its counts, and what it has in common with the others.</summary>
internal sealed class AnswerDesk(ServedModel model, Desks desks)
{
    public ServedModel Model => model;

    public ServerOptions Options => desks.Options;

    public TimeProvider Time => desks.Time;

    /// <summary>Cancelled when what runs must end now.</summary>
    public CancellationToken Closing => desks.Closing;

    public RequestChecks Checks { get; } = new(desks.Options);

    public Traces Traces => desks.Traces;

    public RunningAnswers Running => desks.Running;

    public Metrics Metrics { get; } = new();

    public ProcessorShares Processor => desks.Processor;

    /// <summary>Seconds since 1970, as replies have them.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>An id that nobody guesses.</summary>
    public static string NewId(string prefix) => prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Puts a conversation to the engine.</summary>
    public AnswerRun Ask(string id, AnswerRequest request, HttpContext context)
    {
        var caller = Caller.Of(context);
        return new(this, id, request with { Owner = caller.Owner }, caller, context);
    }

    /// <summary>Puts the prompts of one request to the engine, token ids each.</summary>
    public TokenRun Continue(IReadOnlyList<TokenRequest> prompts, HttpContext context)
    {
        var caller = Caller.Of(context);
        return new(this, [.. prompts.Select(prompt => prompt with { Owner = caller.Owner })], caller, context);
    }

    /// <summary>Writes what a request cost to the counters and the ledger.</summary>
    public void Charge(Caller caller, AnswerUsage usage, TimeSpan processor)
    {
        Metrics.Charged(usage);
        desks.Accounts.Charge(caller, model.Id, usage, processor);
    }
}
