using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Server;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>What <c>serve</c> says when it is ready.</summary>
internal static class ServeWords
{
    public static void Say(ServeRequest request, LoadedModel loaded, ServedModel model, Uri url)
    {
        long cache = loaded.Model.KvShape.PageBytesAs(request.Engine.KvType) / KvCache.PageKeys;
        if (request.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new ServeEvent("ready", url.ToString(), model.Id, model.ContextTokens, model.Bytes, cache), CliLineContext.Default.ServeEvent));
            return;
        }

        Console.WriteLine($"model    {model.Id}: {model.Family}, {Quantity.Scaled(model.Parameters)} parameters, {model.Format}");
        Console.WriteLine($"memory   {Quantity.Scaled(model.Bytes)}B of weights; the cache takes {Quantity.Scaled(cache)}B a token, " +
            $"{Quantity.Scaled((double)cache * model.ContextTokens)}B for a context of {model.ContextTokens} tokens, {Quantity.Scaled((double)cache * model.ContextTokens * request.Engine.MaxSequences)}B for {request.Engine.MaxSequences} of them");
        Console.WriteLine($"url      {url}{(request.Server.Page ? " (the page), " : ", ")}{url}v1 (for OpenAI's clients)");
        Console.WriteLine("Ctrl-C ends it.");
    }
}
