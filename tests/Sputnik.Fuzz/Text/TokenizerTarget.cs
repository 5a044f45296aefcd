using System.Text;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Fuzz;

/// <summary>tokenizer.json: whatever is in it is a tokenizer that works or an error that names the fault.</summary>
internal sealed class TokenizerTarget : IFuzzTarget
{
    private const string File = "tokenizer.json";

    private static readonly string[] Values =
    [
        "{\"type\":\"Sequence\"}", "{\"type\":\"ByteLevel\"}", "{\"type\":\"NFC\"}", "\"▁\"", "\"<0x41>\"", "[[\"a\",\"b\"]]",
    ];

    private readonly byte[][] _whole =
        [Encoding.UTF8.GetBytes(PublishedFile.ByteLevel().ToJsonString()), Encoding.UTF8.GetBytes(PublishedFile.SentencePiece().ToJsonString())];

    public string Name => "tokenizer";

    public long MostManaged(long fileBytes) => (64 * fileBytes) + (16L << 20);

    public FuzzCase Make(ref CounterRandom random)
    {
        byte[] whole = _whole[random.NextInt(0, _whole.Length - 1)];
        byte[] file = random.NextInt(0, 2) == 0
            ? ByteDamage.Apply(whole, whole.Length, ref random)
            : JsonDamage.Apply(whole, Values, ref random);
        return new(new Dictionary<string, byte[]> { [File] = file });
    }

    public void Use(string folder) => Use(Tokenizer.Load(folder));

    public bool Refuses(Exception error) => error is InvalidDataException or NotSupportedException;

    /// <summary>Encodes and decodes what is likely to hit the odd paths.</summary>
    public static void Use(Tokenizer tokenizer)
    {
        int[] ids = tokenizer.Encode("ab <s> xyz\u00e9\ud800<|begin|>", parseSpecial: true, addSpecial: true);
        tokenizer.Decode(ids);
    }
}
