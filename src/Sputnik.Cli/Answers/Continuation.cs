using Sputnik.Generation;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Cli;

/// <summary>A text gone on with, without a conversation around it: what a base model is for.</summary>
internal static class Continuation
{
    /// <summary>Prints the text and what follows it.</summary>
    public static void Print(LoadedModel loaded, Workers workers, CounterRandom random, string text, SamplingSettings settings, KvType kv)
    {
        int[] prompt = loaded.Tokenizer.EncodeSegments([(text, false)], addSpecial: true);
        int room = loaded.Model.MaxLength - prompt.Length;
        settings = settings with { MaxNewTokens = Math.Max(1, Math.Min(settings.MaxNewTokens, room)) };
        using Generator generator = new(loaded.Model, workers, maxSequences: 1, Math.Min(loaded.Model.MaxLength, prompt.Length + settings.MaxNewTokens), kv);
        StreamDecoder decoder = new(loaded.Tokenizer, skipControl: true, continues: true);
        AnswerPrinter printer = AnswerPrinter.ToTerminal();
        printer.Print(new(ReasoningPart.Answer, text));
        bool ended = false;
        foreach (SampledToken token in generator.Stream(prompt, settings, random))
        {
            ended = settings.StopTokens.Contains(token.Id);
            printer.Print(new(ReasoningPart.Answer, ended ? "" : decoder.Push(token.Id)));
        }

        printer.Print(new(ReasoningPart.Answer, decoder.Flush()));
        printer.End(truncated: !ended);
    }
}
