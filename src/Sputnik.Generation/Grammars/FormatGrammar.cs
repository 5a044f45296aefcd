namespace Sputnik.Generation.Grammars;

/// <summary>From a format to its grammar.</summary>
internal static class FormatGrammar
{
    /// <summary>The grammar of a format other than text.</summary>
    public static Grammar Of(AnswerFormat format, bool afterThinking)
    {
        GrammarBuilder builder = new();
        string source = GrammarLimits.Checked(format.Source, "format");
        Fragment body = format.Kind switch
        {
            AnswerFormatKind.JsonObject => builder.Call(new JsonRules(builder).Object),
            AnswerFormatKind.JsonSchema => builder.Call(SchemaCompiler.Compile(builder, new(builder), source)),
            AnswerFormatKind.Regex => RegexParser.Whole(builder, source),
            AnswerFormatKind.Grammar => GbnfParser.Parse(builder, source),
            _ => throw new NotSupportedException($"An answer's format of kind {format.Kind} is not built."),
        };
        return builder.Build(Root(builder, body, afterThinking));
    }

    /// <summary>The rule of a whole answer.</summary>
    public static int Root(GrammarBuilder builder, Fragment body, bool afterThinking)
    {
        int root = builder.Rule("root");
        Fragment lineEnds = afterThinking ? builder.Repeat(builder.Text("\n"), 0, 2) : builder.Nothing();
        builder.Define(root, builder.Then(lineEnds, body));
        return root;
    }
}
