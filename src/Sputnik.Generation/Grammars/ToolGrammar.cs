using System.Text.Json;
using Sputnik.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>Tool calls as rules, in the form that the model was trained to write them.</summary>
internal sealed class ToolGrammar(GrammarBuilder builder, ToolDialect dialect, Tokenizer tokenizer)
{
    private readonly JsonRules _json = new(builder);

    /// <summary>Whether calls open with a token of the vocabulary, which text can be told from.</summary>
    public bool OpensWithToken => tokenizer.Find(Opener) is not null;

    private string Opener => dialect.CallsBegin.Count > 0 ? dialect.CallsBegin[0] : dialect.CallBegin[0];

    private bool HasNamedArguments => dialect.Kind == ToolDialectKind.Mistral && tokenizer.Find(dialect.Separator[0]) is not null;

    /// <summary>One call or several of these functions, with all that stands around them.</summary>
    public Fragment Calls(IReadOnlyList<ToolDefinition> tools, bool several)
    {
        int call = builder.Rule("call");
        builder.Define(call, builder.Any([.. tools.Select(Call)]));
        return dialect.Kind switch
        {
            ToolDialectKind.DeepSeekR1 => builder.All(Marker(dialect.CallsBegin), Several(call, "\n", several), Marker(dialect.CallsEnd)),
            ToolDialectKind.DeepSeekV31 => builder.All(Marker(dialect.CallsBegin), Several(call, "", several), Marker(dialect.CallsEnd)),
            ToolDialectKind.Hermes => Several(call, "\n", several),
            ToolDialectKind.Mistral when HasNamedArguments => Several(call, "", several),
            ToolDialectKind.Mistral => builder.All(Marker(dialect.CallBegin), builder.Text("["), Several(call, ", ", several), builder.Text("]")),
            _ => Several(call, "; ", several),
        };
    }

    private Fragment Several(int call, string between, bool several) => several
        ? builder.Then(builder.Call(call), builder.Repeat(builder.Then(builder.Text(between), builder.Call(call)), 0, null))
        : builder.Call(call);

    private Fragment Call(ToolDefinition tool)
    {
        Fragment arguments = Arguments(tool);
        return dialect.Kind switch
        {
            ToolDialectKind.DeepSeekR1 => builder.All(
                Marker(dialect.CallBegin), builder.Text("function"), Marker(dialect.Separator),
                builder.Text($"{tool.Name}\n```json\n"), arguments, builder.Text("\n```"), Marker(dialect.CallEnd)),
            ToolDialectKind.DeepSeekV31 => builder.All(
                Marker(dialect.CallBegin), builder.Text(tool.Name), Marker(dialect.Separator), arguments, Marker(dialect.CallEnd)),
            ToolDialectKind.Hermes => builder.All(
                Marker(dialect.CallBegin), builder.Text("\n"), Object(tool.Name, "arguments", arguments), builder.Text("\n"), Marker(dialect.CallEnd)),
            ToolDialectKind.Mistral when HasNamedArguments => builder.All(
                Marker(dialect.CallBegin), builder.Text(tool.Name), Marker(dialect.Separator), arguments),
            ToolDialectKind.Mistral => Object(tool.Name, "arguments", arguments),
            _ => Object(tool.Name, "parameters", arguments),
        };
    }

    private Fragment Object(string name, string key, Fragment arguments) =>
        builder.All(builder.Text($"{{\"name\": {JsonLiteral.Of(name)}, \"{key}\": "), arguments, builder.Text("}"));

    private Fragment Arguments(ToolDefinition tool)
    {
        if (!tool.Strict || tool.Parameters.ValueKind == JsonValueKind.Undefined)
        {
            return builder.Call(_json.Object);
        }

        try
        {
            return builder.Call(SchemaCompiler.Compile(builder, _json, tool.Parameters));
        }
        catch (NotSupportedException unsupported)
        {
            throw new NotSupportedException($"Parameters of function '{tool.Name}': {unsupported.Message}", unsupported);
        }
    }

    private Fragment Marker(IReadOnlyList<string> spellings) =>
        tokenizer.Find(spellings[0]) is int id ? builder.Token(id) : builder.Text(spellings[0]);
}
