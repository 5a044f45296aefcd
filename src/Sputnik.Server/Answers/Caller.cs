using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>Who asks.</summary>
/// <param name="KeyId">The key's id, as the ledger has it; "local" where no key is needed.</param>
/// <param name="Owner">What the engine is told: derived from the id, never from the request.</param>
/// <param name="SeesAll">Whether it may see what others cost.</param>
internal sealed record Caller(string KeyId, string Owner, bool SeesAll)
{
    private static readonly object Slot = new();

    /// <summary>The caller of a request; null before the gate.</summary>
    public static Caller? Find(HttpContext context) => context.Items.TryGetValue(Slot, out object? caller) ? caller as Caller : null;

    /// <summary>The caller of a request that passed the gate.</summary>
    public static Caller Of(HttpContext context) => Find(context) ?? throw new InvalidOperationException($"{context.GetEndpoint()?.DisplayName} was reached past the gate.");

    /// <summary>Remembers the caller for the rest of the request.</summary>
    public void Enter(HttpContext context) => context.Items[Slot] = this;
}
