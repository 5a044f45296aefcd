using Sputnik.Generation;
using Sputnik.Server;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>
/// The models of a server. Each has an engine, pages and threads of its own, for one thread at a time may run jobs on
/// <see cref="Workers"/>; where several answer at once the processor's time is the operating system's to deal.
/// </summary>
internal sealed class ModelRack : IDisposable
{
    private readonly Stack<IDisposable> _held = [];

    private ModelRack()
    {
    }

    /// <summary>In the order they were named in.</summary>
    public IReadOnlyList<ServedModel> Models { get; private set; } = [];

    /// <summary>Opens them all and starts their engines.</summary>
    /// <exception cref="ArgumentException">They do not fit beside one another, see <see cref="MemoryShares"/>.</exception>
    public static ModelRack Open(IReadOnlyList<NamedModel> models, int threads, EngineOptions options)
    {
        ModelRack rack = new();
        try
        {
            (LoadedModel Model, Workers Workers)[] opened = [.. models.Select(model => rack.Open(model, threads))];
            GCMemoryInfo memory = GC.GetGCMemoryInfo();
            IReadOnlyList<EnginePlan> plans = MemoryShares.Of(
                [.. models.Zip(opened, (model, of) => (model.Name, of.Model.Model))], options, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes, memory.TotalAvailableMemoryBytes);
            rack.Models = [.. models.Select((model, i) => rack.Serve(model, opened[i].Model, opened[i].Workers, options with { KvBytes = plans[i].KvBytes }))];
            return rack;
        }
        catch
        {
            rack.Dispose();
            throw;
        }
    }

    /// <summary>Ends the engines, then lets go of what they computed with.</summary>
    public void Dispose()
    {
        while (_held.TryPop(out IDisposable? last))
        {
            last.Dispose();
        }
    }

    private (LoadedModel Model, Workers Workers) Open(NamedModel model, int threads)
    {
        Workers workers = Hold(new Workers(threads));
        return (Hold(LoadedModel.Open(model.Path, workers: workers)), workers);
    }

    private ServedModel Serve(NamedModel model, LoadedModel loaded, Workers workers, EngineOptions options)
    {
        Engine engine = Hold(new Engine(loaded.Model, workers, options));
        return ServedModels.Of(model.Path, loaded, engine) with { Id = model.Name };
    }

    private T Hold<T>(T held)
        where T : IDisposable
    {
        _held.Push(held);
        return held;
    }
}
