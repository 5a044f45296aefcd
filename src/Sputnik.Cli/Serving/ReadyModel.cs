namespace Sputnik.Cli;

/// <summary>A model that a server holds, for machines.</summary>
/// <param name="Model">What clients call it.</param>
/// <param name="Context">Longest sequence, prompt and answer.</param>
/// <param name="WeightBytes">Its weights.</param>
/// <param name="CacheBytesPerToken">Keys and values of a token.</param>
/// <param name="PlannedBytes">Weights, keys and values, and scratch of its engine.</param>
internal sealed record ReadyModel(string Model, int Context, long WeightBytes, long CacheBytesPerToken, long PlannedBytes)
{
    public static ReadyModel Of(Server.ServedModel model)
    {
        Generation.EnginePlan plan = model.Responder.Engine.Plan;
        return new(model.Id, model.ContextTokens, model.Bytes, plan.PageBytes / Tensors.KvCache.PageKeys, plan.TotalBytes);
    }
}
