using System.Text.Json;
using Sputnik.Server;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>What <c>serve</c> says when it is ready.</summary>
internal static class ServeWords
{
    public static void Say(ServeRequest request, IReadOnlyList<ServedModel> served, Uri url)
    {
        ReadyModel[] ready = [.. served.Select(ReadyModel.Of)];
        if (request.Json)
        {
            ReadyModel first = ready[0];
            Console.WriteLine(JsonSerializer.Serialize(
                new ServeEvent("ready", url.ToString(), first.Model, first.Context, first.WeightBytes, first.CacheBytesPerToken, ready), CliLineContext.Default.ServeEvent));
            return;
        }

        foreach ((ServedModel model, ReadyModel memory) in served.Zip(ready))
        {
            Say(model, memory, request.Engine.MaxSequences);
        }

        if (ready.Length > 1)
        {
            Console.WriteLine($"in all   {Quantity.Scaled(ready.Sum(model => model.PlannedBytes))}B planned for {ready.Length} models: weights, caches and scratch; {ready[0].Model} answers where a request names none");
        }

        Console.WriteLine($"url      {url}{(request.Server.Page ? " (the page), " : ", ")}{url}v1 (for OpenAI's clients)");
        Console.WriteLine("Ctrl-C ends it.");
    }

    private static void Say(ServedModel model, ReadyModel memory, int sequences)
    {
        double sequence = (double)memory.CacheBytesPerToken * memory.Context;
        Console.WriteLine($"model    {model.Id}: {model.Family}, {Quantity.Scaled(model.Parameters)} parameters, {model.Format}");
        Console.WriteLine($"memory   {Quantity.Scaled(memory.WeightBytes)}B of weights; the cache takes {Quantity.Scaled(memory.CacheBytesPerToken)}B a token, " +
            $"{Quantity.Scaled(sequence)}B for a context of {memory.Context} tokens, {Quantity.Scaled(sequence * sequences)}B for {sequences} of them");
    }
}
