namespace Sputnik.Models;

/// <summary>A model on disk: config.json and model.safetensors, laid out as other software reads them.</summary>
public static class ModelFolder
{
    /// <summary>Name of the configuration.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>Name of the weights.</summary>
    public const string WeightsFile = "model.safetensors";

    /// <summary>Writes a model; each file is whole or absent.</summary>
    public static void Save(ILanguageModel model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        Directory.CreateDirectory(folder);
        byte[] config = ModelBlueprint.ToJson(model);
        AtomicFile.Write(Path.Combine(folder, WeightsFile), stream => SafetensorsWriter.Write(stream, model.Weights, model.Declarations));
        AtomicFile.Write(Path.Combine(folder, ConfigFile), stream => stream.Write(config));
    }

    /// <summary>Reads a model whose weights are float32 and can train.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the two do not belong together.</exception>
    /// <exception cref="NotSupportedException">The configuration or a tensor needs something that is not here.</exception>
    public static ILanguageModel Open(string folder) => Open(folder, new() { MaxLength = int.MaxValue, Decoded = true });

    /// <summary>Reads a model. The files are compared with the configuration before anything is allocated.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the two do not belong together.</exception>
    /// <exception cref="NotSupportedException">The configuration or a tensor needs something that is not here.</exception>
    public static ILanguageModel Open(string folder, ModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string configPath = Path.Combine(folder, ConfigFile);
        ModelBlueprint blueprint = ModelBlueprint.Parse(File.ReadAllBytes(configPath), configPath, options.MaxLength);
        FolderWeights weights = new(FolderTensors.Open(folder), blueprint, folder, options.Decoded);
        ILanguageModel model = blueprint.Build(weights.Find);
        bool done = false;
        try
        {
            ModelCheck.SelectionBiases(model, folder);
            weights.CheckRepeatedHead(model.Head);
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
}
