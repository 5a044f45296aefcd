using System.Runtime.CompilerServices;

namespace Sputnik.Text.Templates;

/// <summary>The tokens of a template under the parser's eye, and how deep it stands.</summary>
internal sealed class TokenStream(TemplateSource source, List<Token> tokens, TemplateLimits limits)
{
    private int _at;
    private int _depth;

    public Token Current => tokens[_at];

    public Token Following => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public int Line => source.Line(Current.Position);

    public Token Next()
    {
        Token token = tokens[_at];
        _at = Math.Min(_at + 1, tokens.Count - 1);
        return token;
    }

    public bool IsOperator(string text) => Current.Kind == LexemeKind.Operator && Current.Text == text;

    public bool IsName(string text) => Current.Kind == LexemeKind.Name && Current.Text == text;

    public bool TakeOperator(string text) => Take(IsOperator(text));

    public bool TakeName(string text) => Take(IsName(text));

    public void Expect(string op)
    {
        if (!TakeOperator(op))
        {
            throw Error($"'{op}' is missing before {Describe()}.");
        }
    }

    public void ExpectName(string name)
    {
        if (!TakeName(name))
        {
            throw Error($"'{name}' is missing before {Describe()}.");
        }
    }

    public string ExpectAnyName() => Current.Kind == LexemeKind.Name ? Next().Text : throw Error($"A name is missing before {Describe()}.");

    public void Expect(LexemeKind kind)
    {
        if (!Take(Current.Kind == kind))
        {
            throw Error($"{(kind == LexemeKind.TagEnd ? "'%}'" : "'}}'")} is missing before {Describe()}.");
        }
    }

    /// <summary>Goes one level down; <see cref="Leave"/> comes back up.</summary>
    public void Enter()
    {
        if (++_depth > limits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error($"The template nests deeper than {limits.Nesting}.");
        }
    }

    public void Leave() => _depth--;

    public TemplateException Error(string reason) => Error(reason, Current);

    public TemplateException Error(string reason, Token token) => source.Error(reason, token.Position);

    public string Describe() => Current.Kind switch
    {
        LexemeKind.End => "the end of the template",
        LexemeKind.TagEnd => "'%}'",
        LexemeKind.OutputEnd => "'}}'",
        LexemeKind.Text or LexemeKind.TagBegin or LexemeKind.OutputBegin => "text",
        _ => $"'{Current.Text}'",
    };

    private bool Take(bool here)
    {
        if (here)
        {
            Next();
        }

        return here;
    }
}
