using System.Text.Json;
using Sputnik.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>Tool calls as rules, in the form that the model was trained to write them.</summary>
internal sealed class ToolGrammar(GrammarBuilder builder, ToolDialect dialect, Tokenizer tokenizer)
{
    private readonly JsonRules _json = new(builder);

    private bool HasNamedArguments => dialect.Kind == ToolDialectKind.Mistral && tokenizer.Find(dialect.Separator[0]) is not null;

    /// <summary>One call or several, with all that stands around them, whose arguments fit their schemas as far as those can be built.</summary>
    public Fragment Demanded(IReadOnlyList<ToolDefinition> tools, bool several) => Calls(tools, several, tool => tool.Strict || IsBuilt(tool.Parameters));

    /// <summary>One call or several, where arguments of strict functions fit their schemas.</summary>
    public Fragment Offered(IReadOnlyList<ToolDefinition> tools, bool several) => Calls(tools, several, tool => tool.Strict);

    /// <summary>Any text and <see cref="Offered"/> calls behind it. Text holds nothing that is read as a call, so strict functions are bound however a call is spelt.</summary>
    public Fragment TextAndOffered(IReadOnlyList<ToolDefinition> tools, bool several)
    {
        // Llama's calls have nothing before them: they are the whole answer.
        bool bare = dialect.Kind == ToolDialectKind.Llama3;
        Fragment text = FreeText.Without(builder, [.. dialect.CallsBegin, .. dialect.CallBegin], noObject: bare);
        Fragment calls = Offered(tools, several);
        return bare ? builder.Any(text, builder.Then(builder.Optional(Marker(dialect.CallBegin)), calls)) : builder.Then(text, builder.Optional(calls));
    }

    private Fragment Calls(IReadOnlyList<ToolDefinition> tools, bool several, Func<ToolDefinition, bool> binds)
    {
        int call = builder.Rule("call");
        builder.Define(call, builder.Any([.. tools.Select(tool => Call(tool, binds(tool)))]));
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

    private Fragment Call(ToolDefinition tool, bool bound)
    {
        Fragment arguments = Arguments(tool, bound);
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

    private Fragment Arguments(ToolDefinition tool, bool bound)
    {
        if (!bound || tool.Parameters.ValueKind == JsonValueKind.Undefined)
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

    /// <summary>Whether a schema is one of objects, and all of it can be held to. One that was not called strict need not be.</summary>
    private static bool IsBuilt(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String || type.GetString() != "object")
        {
            return false;
        }

        try
        {
            GrammarBuilder trial = new();
            return trial.Build(SchemaCompiler.Compile(trial, new(trial), schema)) is not null;
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            return false;
        }
    }

    private Fragment Marker(IReadOnlyList<string> spellings) =>
        tokenizer.Find(spellings[0]) is int id ? builder.Token(id) : builder.Text(spellings[0]);
}
