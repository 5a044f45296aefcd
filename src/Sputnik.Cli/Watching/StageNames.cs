namespace Sputnik.Cli;

/// <summary>The stages of a run as people call them.</summary>
internal static class StageNames
{
    public static string Of(string stage) => stage switch
    {
        "tokenizer" => "vocabulary",
        "pretrain" => "pretraining",
        "zero" => "R1-Zero",
        _ => stage,
    };
}
