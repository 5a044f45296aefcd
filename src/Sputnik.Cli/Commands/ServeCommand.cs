using System.CommandLine;
using Sputnik.Generation;
using Sputnik.Server;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>sputnik serve: models over HTTP.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var model = new Option<string[]>("--model", "-m")
        {
            Description = "Model folder or file, or the name of a pulled model; NAME=MODEL calls it NAME. May be given often: requests choose by name, the first answers those that name none. Default: the model that comes with Sputnik.",
            HelpName = "MODEL",
            DefaultValueFactory = _ => [],
        };
        Option<int> threads = CommonOptions.Threads();
        var context = CommonOptions.AtLeast(1, new Option<int?>("--context", "-c") { Description = "Longest sequence, prompt and answer. Default: the model's own, 4096 at most." });
        var parallel = CommonOptions.AtLeast(1, new Option<int>("--parallel") { Description = "Sequences computed at once.", DefaultValueFactory = _ => new EngineOptions().MaxSequences });
        var queue = CommonOptions.AtLeast(1, new Option<int>("--queue") { Description = "Requests that may wait; more are told to come back.", DefaultValueFactory = _ => new EngineOptions().QueueLength });
        var ownQueue = CommonOptions.AtLeast(1, new Option<int>("--queue-per-key") { Description = "Requests of one key that may wait.", DefaultValueFactory = _ => new EngineOptions().QueueLengthPerOwner });
        Option<KvType> kv = CommonOptions.Kv();
        Option<bool> json = CommonOptions.Json("where it listens and what it logs, one object a line,");
        Option<string?> store = KeysCommand.Store();
        var requests = new Option<bool>("--log-requests") { Description = "Prints each request that has ended: key, route, status and time, never what was asked." };
        ServeOptions options = new();
        var command = new Command("serve", "Serves models over HTTP, as OpenAI, Anthropic and Ollama do, with a page to chat on.")
        {
            model, threads, context, parallel, kv, queue, ownQueue, store, json, requests,
        };
        options.AddTo(command);
        command.SetAction((parsed, _) => Run(new ServeRequest(
            NamedModel.Read(parsed.GetValue(model) ?? []),
            parsed.GetValue(threads),
            new()
            {
                ContextTokens = parsed.GetValue(context) ?? 0,
                MaxSequences = parsed.GetValue(parallel),
                KvType = parsed.GetValue(kv),
                QueueLength = parsed.GetValue(queue),
                QueueLengthPerOwner = parsed.GetValue(ownQueue),
            },
            options.Read(parsed),
            StoreLocation.Resolve(parsed.GetValue(store)),
            parsed.GetValue(json),
            parsed.GetValue(requests))));
        return command;
    }

    private static async Task<int> Run(ServeRequest request)
    {
        ServeLog log = new(request.Json);
        using ServerStore store = ServerStore.Open(request.Store);
        request.Server.Validate(store.Keys.Any());
        using ModelRack rack = ModelRack.Open(request.Models, request.Threads, request.Engine);
        await using SputnikServer server = SputnikServer.Create(rack.Models, request.Server, store, log.Fault, requests: request.LogsRequests ? log.Request : null);
        using var interruption = new Interruption("Ending: requests that run may finish. Once more ends at once.");
        await server.StartAsync(interruption.Token);
        ServeWords.Say(request, rack.Models, server.Url);

        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = interruption.Token.Register(asked.SetResult);
        await asked.Task;
        log.Step("ending");
        await server.StopAsync();
        log.Step("ended");
        return ExitCode.Done;
    }
}
