using System.CommandLine;
using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>sputnik convert IN OUT: a model between a folder with safetensors and a GGUF file.</summary>
internal static class ConvertCommand
{
    private static readonly Argument<string> In = new("in")
    {
        Description = "A folder with config.json and safetensors, a .gguf file, the first of a split set, or the name of a pulled model.",
    };

    private static readonly Argument<string> Out = new("out") { Description = "A .gguf file to write; of a .gguf file, a folder." };

    private static readonly Option<string?> Type = new("--type")
    {
        Description = "f32, f16 or bf16 (to GGUF also what quantize takes). Default: as stored; into a folder, what was rounded becomes f32.",
        HelpName = "TYPE",
    };

    private static readonly Option<string?> SplitMaxSize = Conversion.SplitMaxSize();

    private static readonly Option<bool> Force = Conversion.Force();

    private static readonly Option<int> Threads = CommonOptions.Threads();

    private static readonly Option<bool> Json = CommonOptions.Json("what was written");

    public static Command Create()
    {
        var command = new Command("convert", "Turns a model folder into a GGUF file, or a GGUF file into a model folder: weights, vocabulary, template.")
        {
            In, Out, Type, SplitMaxSize, Force, Threads, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string path = ModelLocation.Resolve(parsed.GetRequiredValue(In)), target = parsed.GetRequiredValue(Out);
        bool toGguf = target.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);
        if (!toGguf && ModelConversion.IsFolder(path))
        {
            throw new ArgumentException($"'{path}' is a folder already, so OUT must be a .gguf file, not '{target}'.");
        }

        return toGguf ? ToGguf(parsed, path, target) : ToFolder(parsed, path, target);
    }

    private static int ToGguf(ParseResult parsed, string path, string target)
    {
        QuantiseOptions options = new()
        {
            Type = parsed.GetValue(Type) is { } type ? QuantisedType.Parse(type) : null,
            Overwrite = parsed.GetValue(Force),
            MaxPartBytes = Conversion.PartBytes(parsed.GetValue(SplitMaxSize)),
        };
        return Conversion.WriteGguf(ModelConversion.Open(path), target, options, parsed.GetValue(Threads), parsed.GetValue(Json));
    }

    private static int ToFolder(ParseResult parsed, string path, string target)
    {
        FolderOptions options = new() { Type = FolderType(parsed.GetValue(Type)), Overwrite = parsed.GetValue(Force) };
        options = Conversion.PartBytes(parsed.GetValue(SplitMaxSize)) is long most ? options with { MaxPartBytes = most } : options;
        Conversion.CheckPlace(Path.TrimEndingDirectorySeparator(target));
        GgufFile file = GgufFile.Open(ModelFile.FindGguf(path));
        bool json = parsed.GetValue(Json);
        return Conversion.Run(GgufFolder.Bytes(file), parsed.GetValue(Threads), json, (workers, moved, cancellation) =>
        {
            ModelConversion.ToFolder(file, target, options, workers, moved, cancellation);
            return seconds =>
            {
                WrittenFolder written = WrittenFolder.Of(target, seconds);
                return json ? JsonSerializer.Serialize(written, ConvertJsonContext.Default.WrittenFolder) : written.ToString();
            };
        });
    }

    private static WeightFormat? FolderType(string? name) => name?.ToUpperInvariant() switch
    {
        null => null,
        "F32" => WeightFormat.F32,
        "F16" => WeightFormat.F16,
        "BF16" => WeightFormat.BF16,
        _ => throw new ArgumentException($"A folder's weights are f32, f16 or bf16; got '{name}'."),
    };
}
