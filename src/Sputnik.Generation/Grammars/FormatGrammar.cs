namespace Sputnik.Generation.Grammars;

/// <summary>From a format to its rules.</summary>
internal static class FormatGrammar
{
    /// <summary>What a format takes.</summary>
    public static Fragment Body(GrammarBuilder builder, AnswerFormat format)
    {
        string source = GrammarLimits.Checked(format.Source, nameof(format));
        return format.Kind switch
        {
            AnswerFormatKind.Text => builder.Repeat(builder.Bytes(ByteSet.All), 0, null),
            AnswerFormatKind.JsonObject => builder.Call(new JsonRules(builder).Object),
            AnswerFormatKind.JsonSchema => builder.Call(SchemaCompiler.Compile(builder, new(builder), source)),
            AnswerFormatKind.Regex => RegexParser.Whole(builder, source),
            AnswerFormatKind.Grammar => GbnfParser.Parse(builder, source),
            _ => throw new NotSupportedException($"An answer's format of kind {format.Kind} is not built."),
        };
    }

    /// <summary>The grammar of a whole answer.</summary>
    /// <param name="builder">What the answer's rules are built with.</param>
    /// <param name="body">The answer.</param>
    /// <param name="afterThinking">Whether up to two line ends may come first.</param>
    /// <param name="afterSpace">Whether a space may come first.</param>
    public static Grammar Whole(GrammarBuilder builder, Fragment body, bool afterThinking, bool afterSpace)
    {
        int root = builder.Rule("root");
        Fragment space = afterSpace ? builder.Optional(builder.Text(" ")) : builder.Nothing();
        Fragment lineEnds = afterThinking ? builder.Repeat(builder.Text("\n"), 0, 2) : builder.Nothing();
        builder.Define(root, builder.All(space, lineEnds, body));
        return builder.Build(root);
    }
}
