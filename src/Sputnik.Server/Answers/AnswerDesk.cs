using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>Where every dialect asks: one model, its limits, and the accounts.</summary>
internal sealed class AnswerDesk(ServedModel model, ServerOptions options, Accounts accounts, TimeProvider time, Traces traces, CancellationToken closing)
{
    public ServedModel Model => model;

    public ServerOptions Options => options;

    public TimeProvider Time => time;

    /// <summary>Cancelled when what runs must end now.</summary>
    public CancellationToken Closing => closing;

    public RequestChecks Checks { get; } = new(model, options);

    public Traces Traces => traces;

    public RunningAnswers Running { get; } = new();

    public Metrics Metrics { get; } = new();

    public ProcessorShares Processor { get; } = new(ProcessorShares.OfThisProcess);

    /// <summary>Seconds since 1970, as replies have them.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeSeconds();

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
        accounts.Charge(caller, model.Id, usage, processor);
    }
}
