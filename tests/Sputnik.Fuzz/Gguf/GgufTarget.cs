using Sputnik.Generation;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Fuzz;

/// <summary>GGUF files, whole or in two parts: model, vocabulary and template are used or refused.</summary>
internal sealed class GgufTarget : IFuzzTarget
{
    private readonly GgufDraft[] _seeds = [.. GgufSeeds.All.Values];

    public string Name => "gguf";

    public long MostManaged(long fileBytes) => (64 * fileBytes) + (16L << 20);

    public bool Refuses(Exception error) => error is InvalidDataException or NotSupportedException or TemplateException or FileNotFoundException;

    public FuzzCase Make(ref CounterRandom random)
    {
        GgufDraft draft = _seeds[random.NextInt(0, _seeds.Length - 1)].Copy();
        bool parted = random.NextInt(0, 9) == 0;
        GgufDraft? second = parted ? Part(draft) : null;
        bool structural = random.NextInt(0, 3) > 0;
        if (structural)
        {
            GgufDamage.Apply(second is not null && random.NextInt(0, 1) == 0 ? second : draft, ref random);
        }

        (byte[] file, int header) = draft.Write();
        if (!structural || random.NextInt(0, 7) == 0)
        {
            file = ByteDamage.Apply(file, header, ref random);
        }

        return second is null
            ? new(new Dictionary<string, byte[]> { ["model.gguf"] = file })
            : new(new Dictionary<string, byte[]> { ["model-00001-of-00002.gguf"] = file, ["model-00002-of-00002.gguf"] = second.Write().File });
    }

    public void Use(string folder)
    {
        // Positions are planned for few: their table grows with what the caller asks, not with the file.
        using LoadedModel loaded = LoadedModel.Joined(folder, new() { MaxLength = 128 });
        ModelUse.Forward(loaded.Model);
        TokenizerTarget.Use(loaded.Tokenizer);
        loaded.Template.Prompt([new(ChatRole.System, "s"), new(ChatRole.User, "ab <|end|>")]);
    }

    private static GgufDraft Part(GgufDraft draft)
    {
        int kept = draft.Parts.Count / 2;
        GgufDraft second = new() { Parts = draft.Parts[kept..] };
        draft.Parts.RemoveRange(kept, draft.Parts.Count - kept);
        draft.Keys.AddRange([GgufKey.Of("split.no", 0u), GgufKey.Of("split.count", 2u), GgufKey.Of("split.tensors.count", (uint)(kept + second.Parts.Count))]);
        second.Keys.AddRange([GgufKey.Of("split.no", 1u), GgufKey.Of("split.count", 2u)]);
        return second;
    }
}
