using System.CommandLine;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>What <c>quantize</c> and <c>convert</c> share: where from and to, threads, progress, and an end that leaves nothing behind.</summary>
internal static class Conversion
{
    public static Option<bool> Force() => new("--force", "-f") { Description = "Writes over what is there." };

    public static Option<string?> SplitMaxSize() => new("--split-max-size")
    {
        Description = "Writes several files OUT-00001-of-000NN.gguf of at most so many bytes each, such as 4G.",
        HelpName = "SIZE",
    };

    /// <summary>A format of single tensors by its name.</summary>
    public static WeightFormat? Format(string option, string? name)
    {
        if (name is null)
        {
            return null;
        }

        return WeightFormats.TryParse(name, out WeightFormat format) && format != WeightFormat.F8E4M3
            ? format
            : throw new ArgumentException($"{option} takes {string.Join(", ", WeightFormats.All.Where(f => f != WeightFormat.F8E4M3).Select(f => f.Name().ToLowerInvariant()))}; got '{name}'.");
    }

    /// <summary>The largest part that a model is to be cut into; null = not at all.</summary>
    public static long? PartBytes(string? size) => size is null ? null : ByteSize.Parse("--split-max-size", size);

    /// <summary>The folder that something is to be written into must be there.</summary>
    public static void CheckPlace(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetFullPath(path);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to write '{Path.GetFileName(path)}' into.");
        }
    }

    /// <summary>Runs the work with progress; Ctrl-C ends it.</summary>
    /// <param name="bytes">Bytes to come.</param>
    /// <param name="threads">Threads of the engine.</param>
    /// <param name="json">The result is printed as JSON, so that progress must not be.</param>
    /// <param name="work">Writes the model, and returns what is said of it for the seconds it took.</param>
    public static int Run(long bytes, int threads, bool json, Func<Workers, Action<long>, CancellationToken, Func<double, string>> work)
    {
        using Interruption interruption = new("Stopping. Nothing is left behind.");
        using Workers workers = new(threads);
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        WorkProgress progress = new(bytes, "B", json ? Console.Error : Console.Out, TerminalKind.OfOutput().IsLive && !json, time);
        try
        {
            Func<double, string> result = work(workers, moved => progress.Moved(moved), interruption.Token);
            progress.End();
            Console.WriteLine(result(time.GetElapsedTime(start).TotalSeconds));
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            progress.End();
            return interruption.Code;
        }
    }

    /// <summary>Writes content as GGUF.</summary>
    public static int WriteGguf(GgufContent content, string path, QuantiseOptions options, int threads, bool json)
    {
        CheckPlace(path);
        return Run(content.Bytes, threads, json, (workers, moved, cancellation) =>
        {
            QuantiseReport report = Quantiser.Write(content, path, options, workers, moved, cancellation);
            return seconds => Text(WrittenModel.Of(report, seconds), json);
        });
    }

    private static string Text(WrittenModel written, bool json) =>
        json ? System.Text.Json.JsonSerializer.Serialize(written, ConvertJsonContext.Default.WrittenModel) : written.ToString();
}
