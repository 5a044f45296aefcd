using System.CommandLine;
using Sputnik.Generation;
using Sputnik.Models;

namespace Sputnik.Cli;

/// <summary>sputnik quantize IN OUT: a model in fewer bits.</summary>
internal static class QuantizeCommand
{
    private static readonly Argument<string> In = new("in")
    {
        Description = "A .gguf file, the first of a split set, a folder with config.json and safetensors, or the name of a pulled model.",
    };

    private static readonly Argument<string> Out = new("out") { Description = "The .gguf file to write." };

    private static readonly Option<string> Type = new("--type")
    {
        Description = $"{string.Join(", ", QuantisedType.All.Select(type => type.Name.ToLowerInvariant()))}. Tensors are mixed as llama.cpp mixes them.",
        HelpName = "TYPE",
        DefaultValueFactory = _ => "q4_k_m",
    };

    private static readonly Option<string?> Importance = new("--imatrix")
    {
        Description = "Importance matrix of llama.cpp (.gguf, or the older .dat): how much an error counts in each column.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Output = new("--output-type") { Description = "Format of the head, such as q8_0. Default: as the type has it.", HelpName = "FORMAT" };

    private static readonly Option<string?> Embedding = new("--token-embd-type") { Description = "Format of the embedding. Default: as the type has it.", HelpName = "FORMAT" };

    private static readonly Option<bool> AllowRequantise = new("--allow-requantize") { Description = "Takes a model that was rounded before; rounding twice is worse than once." };

    private static readonly Option<int?> Split = CommonOptions.AtLeast(1, new Option<int?>("--split")
    {
        Description = "Writes so many files, as even as whole tensors allow: OUT-00001-of-000NN.gguf.",
        HelpName = "N",
    });

    private static readonly Option<string?> SplitMaxSize = Conversion.SplitMaxSize();

    private static readonly Option<bool> Force = Conversion.Force();

    private static readonly Option<int> Threads = CommonOptions.Threads();

    private static readonly Option<bool> Json = CommonOptions.Json("what was written");

    public static Command Create()
    {
        var command = new Command("quantize", "Writes a model in fewer bits, as a GGUF file. The same bytes on any machine and with any number of threads.")
        {
            In, Out, Type, Importance, Output, Embedding, AllowRequantise, SplitMaxSize, Split, Force, Threads, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        QuantisedType type = QuantisedType.Parse(parsed.GetValue(Type) ?? "");
        string? split = parsed.GetValue(SplitMaxSize);
        if (split is not null && parsed.GetValue(Split) is not null)
        {
            throw new ArgumentException("quantize takes --split or --split-max-size, not both.");
        }

        string path = parsed.GetRequiredValue(Out);
        QuantiseOptions options = new()
        {
            Type = type,
            Output = Conversion.Format("--output-type", parsed.GetValue(Output)),
            TokenEmbedding = Conversion.Format("--token-embd-type", parsed.GetValue(Embedding)),
            Importance = parsed.GetValue(Importance) is { } file ? ImportanceMatrix.Open(file) : null,
            AllowRequantise = parsed.GetValue(AllowRequantise),
            Overwrite = parsed.GetValue(Force),
            MaxPartBytes = Conversion.PartBytes(split),
            Parts = parsed.GetValue(Split),
        };
        GgufContent content = ModelConversion.Open(ModelLocation.Resolve(parsed.GetRequiredValue(In)));
        return Conversion.WriteGguf(content, path, options, parsed.GetValue(Threads), parsed.GetValue(Json));
    }
}
