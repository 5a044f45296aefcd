using System.CommandLine;
using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Text;

namespace Sputnik.Cli;

/// <summary>sputnik tokenize MODEL FILE: ids of texts, or texts of ids, for comparison with another implementation.</summary>
internal static class TokenizeCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "A GGUF file, a model folder or the name of a pulled model." };
        var file = new Argument<string>("file") { Description = "A JSON array of texts; with --decode a JSON array of ids a line." };
        var decode = new Option<bool>("--decode") { Description = "Prints the texts of ids as one JSON array." };
        var command = new Command("tokenize", "Prints one JSON array of ids a line for each text of a JSON array.") { model, file, decode };
        command.SetAction(parsed =>
        {
            Tokenizer tokenizer = LoadedModel.OpenTokenizer(ModelLocation.Resolve(parsed.GetRequiredValue(model)));
            string path = parsed.GetRequiredValue(file);
            if (parsed.GetValue(decode))
            {
                IEnumerable<int[]> lines = File.ReadLines(path).Where(line => line.Length > 0).Select(line => Read(line, path, CliLineContext.Default.Int32Array));
                Console.WriteLine(JsonSerializer.Serialize(lines.Select(ids => tokenizer.Decode(ids)).ToArray(), CliLineContext.Default.StringArray));
                return ExitCode.Done;
            }

            foreach (string text in Read(File.ReadAllText(path), path, CliLineContext.Default.StringArray))
            {
                Console.WriteLine($"[{string.Join(',', tokenizer.Encode(text))}]");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static T[] Read<T>(string json, string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T[]> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? [];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }
}
