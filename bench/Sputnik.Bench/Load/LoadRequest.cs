using System.Buffers;
using System.Text.Json;
using Sputnik.Tensors;

namespace Sputnik.Bench;

/// <summary>One request of a load: drawn from the plan's seed, its stream and its number, so that a load can be had again.</summary>
/// <param name="Body">What is posted to /v1/completions.</param>
/// <param name="LeaveAfter">Tokens after which its client leaves: 0 = before the first; null = it stays.</param>
/// <param name="LeaveDelay">Wait of a client that leaves before the first token.</param>
internal sealed record LoadRequest(byte[] Body, int? LeaveAfter, TimeSpan LeaveDelay)
{
    // Every second prompt begins like others of its key, as conversations begin with one instruction.
    private const int Beginnings = 4;

    // Of the clients that leave, so many do not wait for a token.
    private const double Impatient = 0.2;

    // A client that leaves asks for so many times what it reads: the server may be ahead of it, but not at the end.
    private const int Unread = 8;

    /// <summary>The number-th request of a stream.</summary>
    public static LoadRequest Draw(LoadPlan plan, int vocabulary, int stream, int number)
    {
        CounterRandom random = new CounterRandom(plan.Seed, "load").Split((ulong)stream).Split((ulong)number);
        int[] prompt = new int[random.NextInt(plan.Prompt.Least, plan.Prompt.Most)];
        Fill(prompt, ref random, vocabulary);
        if (random.NextDouble() < 0.5)
        {
            CounterRandom shared = new CounterRandom(plan.Seed, "beginnings").Split((ulong)random.NextInt(1, Beginnings));
            Fill(prompt.AsSpan(0, prompt.Length / 2), ref shared, vocabulary);
        }

        int tokens = random.NextInt(plan.Tokens.Least, plan.Tokens.Most);
        bool leaves = random.NextDouble() < plan.Disconnects, impatient = random.NextDouble() < Impatient;
        int? leave = !leaves ? null : impatient ? 0 : random.NextInt(1, Math.Max(1, plan.Tokens.Most / Unread));
        tokens = leaves ? plan.Tokens.Most : tokens;
        TimeSpan delay = TimeSpan.FromMilliseconds(random.NextInt(20, 2000));
        return new(Write(prompt, tokens, random.NextInt(0, int.MaxValue)), leave, delay);
    }

    private static void Fill(Span<int> ids, ref CounterRandom random, int vocabulary)
    {
        foreach (ref int id in ids)
        {
            id = random.NextInt(0, vocabulary - 1);
        }
    }

    private static byte[] Write(int[] prompt, int tokens, int seed)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("prompt");
            foreach (int id in prompt)
            {
                json.WriteNumberValue(id);
            }

            json.WriteEndArray();
            json.WriteNumber("max_tokens", tokens);
            json.WriteNumber("seed", seed);
            json.WriteNumber("temperature", 1);
            json.WriteBoolean("ignore_eos", true);
            json.WriteBoolean("stream", true);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
