using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>A few tokens through the whole engine before anybody is told that the server is ready: code is compiled, weights are read from the disk, and logits are numbers.</summary>
internal sealed class SelfTest(Engine engine)
{
    // A prompt of several rows and some single ones: both ways through every kernel.
    private const int PromptTokens = 16;
    private const int NewTokens = 4;

    private volatile bool _passed;

    /// <summary>Whether it was run and was right.</summary>
    public bool Passed => _passed;

    /// <summary>Whether its engine has died.</summary>
    public bool Failed => engine.Fault is not null;

    /// <exception cref="InvalidOperationException">The model does not compute numbers.</exception>
    public async Task Run(CancellationToken cancellation)
    {
        TokenRequest request = new()
        {
            Prompt = [.. Enumerable.Range(0, Math.Min(PromptTokens, engine.ContextTokens - NewTokens))],
            Draw = new() { Temperature = 0 },
            MaxNewTokens = NewTokens,
        };
        await using TokenStream stream = engine.Submit(request, cancellation);
        await foreach (TokenEvent token in stream.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (!float.IsFinite(token.Token.LogProb))
            {
                throw new InvalidOperationException($"The self-test's token {token.Token.Id} has the log-prob {token.Token.LogProb}: the weights are damaged, or not of this model.");
            }
        }

        _passed = true;
    }
}
