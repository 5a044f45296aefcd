using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>The connective words in both languages.</summary>
internal static class Vocabulary
{
    public static string Say(Word word, Language language, ref CounterRandom random)
    {
        bool english = language switch
        {
            Language.English => true,
            Language.Chinese => false,
            _ => random.NextInt(0, 1) == 0,
        };
        return english ? English(word) : Chinese(word);
    }

    public static string English(Word word) => word switch
    {
        Word.Check => "check",
        Word.Wait => "wait",
        Word.So => "so",
        Word.Ok => "ok",
        Word.No => "no",
        _ => "first",
    };

    public static string Chinese(Word word) => word switch
    {
        Word.Check => "检查",
        Word.Wait => "等等",
        Word.So => "所以",
        Word.Ok => "对",
        Word.No => "不对",
        _ => "先",
    };
}
