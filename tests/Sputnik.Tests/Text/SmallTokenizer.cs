using Sputnik.Text;

namespace Sputnik.Tests.Text;

/// <summary>A vocabulary small enough to train in every test class, over text of the kind the recipes use.</summary>
internal static class SmallTokenizer
{
    public static readonly string[] Documents =
    [
        "Cy has 11 shells. Cy buys 1. Cy drops 4. How many shells does Cy have?",
        "buys 1: 11+1=12\ncheck 12-1=11 ok\ndrops 4: 12-4=8\ncheck 8+4=12 ok\nso 8",
        "\\boxed{8}", "\\boxed{23}", "Solve 8*x+9=3*x+19 for x.",
        "检查 12-1=11 ok\n等等 所以 8\n检查 等等 所以 检查",
    ];

    public static Tokenizer Train(int vocabularySize = 320) =>
        BpeTrainer.Train(Documents, vocabularySize, new SpecialTokens());
}
