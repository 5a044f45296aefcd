using Sputnik.Fuzz;
using Sputnik.Models;

namespace Sputnik.Tests.Laws;

/// <summary>Seeded models of DeepSeek-V3's shape whose weights stay quantised, in a file of their own.</summary>
internal sealed class QuantisedModel : IDisposable
{
    /// <summary>Names for theories.</summary>
    public static string[] Names { get; } = ["Q8_0", "Q4_K and Q6_K"];

    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-law-").FullName;

    public QuantisedModel(string name)
    {
        string path = Path.Combine(_folder, "model.gguf");
        File.WriteAllBytes(path, GgufSeeds.DeepSeek(coded: name != Names[0]).Write().File);
        Model = ModelFile.Open(path).Model;
    }

    public ILanguageModel Model { get; }

    public void Dispose()
    {
        Model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
