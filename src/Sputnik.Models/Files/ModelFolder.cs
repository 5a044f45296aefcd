using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>A model on disk: config.json and model.safetensors, laid out as other software reads them.</summary>
public static class ModelFolder
{
    /// <summary>Name of the configuration.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>Name of the weights.</summary>
    public const string WeightsFile = "model.safetensors";

    private const string HeadName = "lm_head.weight";

    /// <summary>Writes a model; each file is whole or absent.</summary>
    public static void Save(ILanguageModel model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        Directory.CreateDirectory(folder);
        byte[] config = ModelBlueprint.ToJson(model);
        AtomicFile.Write(Path.Combine(folder, WeightsFile), stream => SafetensorsWriter.Write(stream, model.Weights, model.Declarations));
        AtomicFile.Write(Path.Combine(folder, ConfigFile), stream => stream.Write(config));
    }

    /// <summary>Reads a model. The file is compared with the configuration before anything is allocated.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the two do not belong together.</exception>
    /// <exception cref="NotSupportedException">The configuration or a tensor needs something that is not here.</exception>
    public static ILanguageModel Open(string folder)
    {
        string configPath = Path.Combine(folder, ConfigFile);
        string weightsPath = Path.Combine(folder, WeightsFile);
        if (!File.Exists(weightsPath) && File.Exists($"{weightsPath}.index.json"))
        {
            throw new NotSupportedException($"{weightsPath}.index.json: weights in several files are not supported.");
        }

        ModelBlueprint blueprint = ModelBlueprint.Parse(File.ReadAllBytes(configPath), configPath);
        using SafetensorsFile file = SafetensorsFile.Open(weightsPath);
        Dictionary<string, SafetensorsEntry> entries = file.Entries.ToDictionary(e => e.Name, StringComparer.Ordinal);
        Match(blueprint.Declarations, entries, weightsPath);

        ILanguageModel model = blueprint.Build();
        bool done = false;
        try
        {
            foreach (Weight weight in model.Weights)
            {
                file.Read(entries[weight.Name], weight.Values);
                weight.Touch();
            }

            CheckBiases(model, weightsPath);
            CheckRepeatedHead(model, file, entries, weightsPath);
            done = true;
            return model;
        }
        finally
        {
            if (!done)
            {
                model.Dispose();
            }
        }
    }

    private static void Match(IReadOnlyList<WeightDeclaration> declarations, Dictionary<string, SafetensorsEntry> entries, string path)
    {
        foreach (WeightDeclaration declaration in declarations)
        {
            if (!entries.TryGetValue(declaration.Name, out SafetensorsEntry? entry))
            {
                throw new InvalidDataException($"{path}: the configuration needs '{declaration.Name}', the file does not have it.");
            }

            if (!entry.Shape.SequenceEqual(declaration.FileShape))
            {
                throw new InvalidDataException(
                    $"{path}: '{entry.Name}' at offset {entry.Offset} must be [{string.Join(", ", declaration.FileShape)}], is [{string.Join(", ", entry.Shape)}].");
            }
        }

        HashSet<string> known = [HeadName, .. declarations.Select(d => d.Name)];
        if (entries.Values.FirstOrDefault(e => !known.Contains(e.Name)) is { } extra)
        {
            throw new InvalidDataException($"{path}: '{extra.Name}' at offset {extra.Offset} has no place in the configuration.");
        }
    }

    // Published files of tied models, Qwen3-0.6B among them, store the embedding a second time as the head.
    private static void CheckRepeatedHead(
        ILanguageModel model, SafetensorsFile file, Dictionary<string, SafetensorsEntry> entries, string path)
    {
        if (model.Head.Name == HeadName || !entries.TryGetValue(HeadName, out SafetensorsEntry? repeated))
        {
            return;
        }

        if (!repeated.Shape.SequenceEqual([model.Head.Out, model.Head.In]))
        {
            throw new InvalidDataException($"{path}: '{HeadName}' at offset {repeated.Offset} has another shape than the embedding it is tied to.");
        }

        float[] values = new float[model.Head.Count];
        file.Read(repeated, values);
        if (!model.Head.Values.SequenceEqual(values))
        {
            throw new InvalidDataException($"{path}: '{HeadName}' at offset {repeated.Offset} differs from the embedding it is tied to.");
        }
    }

    // Published test models carried NaN here (TensorRT-Model-Connect #662); a choice by NaN is arbitrary.
    private static void CheckBiases(ILanguageModel model, string path)
    {
        foreach (Router router in model.Routers)
        {
            foreach (float value in router.Bias is null ? [] : router.Bias.Values)
            {
                if (!float.IsFinite(value))
                {
                    throw new InvalidDataException($"{path}: the selection bias of layer {router.Layer} has the value {value}; it must be finite.");
                }
            }
        }
    }
}
