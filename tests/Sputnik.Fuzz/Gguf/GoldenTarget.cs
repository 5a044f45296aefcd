using Sputnik.Generation;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Fuzz;

/// <summary>The small golden GGUF files, which other software wrote; they lie beside the repository, where they are at all.</summary>
internal sealed class GoldenTarget : IFuzzTarget
{
    // Every case writes one: larger ones hold more weights, not other fields.
    private const long MostBytes = 1 << 20;

    // Past the header of any of them: 576 tokens with their merges and types.
    private const int HeadBytes = 24 << 10;

    private readonly byte[][] _files = [.. Files.Select(File.ReadAllBytes)];

    /// <summary>Where they lie.</summary>
    public static IReadOnlyList<string> Files { get; } = Find();

    public string Name => "golden";

    public long MostManaged(long fileBytes) => (64 * fileBytes) + (16L << 20);

    public bool Refuses(Exception error) => error is InvalidDataException or NotSupportedException or TemplateException;

    public FuzzCase Make(ref CounterRandom random) => new(new Dictionary<string, byte[]>
    {
        ["model.gguf"] = ByteDamage.Apply(_files[random.NextInt(0, _files.Length - 1)], HeadBytes, ref random),
    });

    // They have no template.
    public void Use(string folder)
    {
        using LoadedModel loaded = LoadedModel.Joined(folder, new() { MaxLength = 128 });
        ModelUse.Forward(loaded.Model);
        TokenizerTarget.Use(loaded.Tokenizer);
    }

    private static string[] Find()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Sputnik.slnx")))
        {
            root = root.Parent;
        }

        string models = Path.Combine(root?.FullName ?? "", "..", "shared", "golden", "models");
        return root is not null && Directory.Exists(models)
            ? [.. Directory.GetFiles(models, "*.gguf", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length <= MostBytes).Order(StringComparer.Ordinal)]
            : [];
    }
}
