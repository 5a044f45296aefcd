using Sputnik.Text.Templates;

namespace Sputnik.Text;

/// <summary>
/// A chat template in Jinja's language, set up as Hugging Face transformers does: trim_blocks, lstrip_blocks, break and
/// continue, tojson without ASCII escaping, strftime_now, raise_exception. It reaches nothing but its inputs, and its
/// steps, texts, lists and nesting are bounded. Immutable, and for any number of threads.
/// </summary>
public sealed class JinjaTemplate
{
    private readonly IStatement _body;
    private readonly TemplateLimits _limits;

    private JinjaTemplate(string source, IStatement body, TemplateLimits limits)
    {
        Source = source;
        _body = body;
        _limits = limits;
    }

    /// <summary>The text it was read from.</summary>
    public string Source { get; }

    /// <summary>Reads a template.</summary>
    /// <exception cref="TemplateException">The template is malformed or over a limit; with its line and column.</exception>
    public static JinjaTemplate Parse(string source, TemplateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        TemplateLimits kept = (limits ?? new()).Validate();
        if (source.Length > kept.SourceLength)
        {
            throw new TemplateException($"A template has at most {kept.SourceLength} characters, got {source.Length}.", 1);
        }

        TemplateSource text = new(source);
        TokenStream tokens = new(text, new Lexer(text).Tokens(), kept);
        return new(source, new StatementParser(tokens).Template(), kept);
    }

    /// <summary>The prompt of a conversation.</summary>
    /// <exception cref="TemplateException">The template refused its inputs, failed, or went over a limit.</exception>
    public string Render(TemplateInputs inputs) => RenderTracked(inputs).Text;

    /// <summary>The output for these variables; <paramref name="clock"/> is the system's where it is null.</summary>
    /// <exception cref="TemplateException">The template refused its inputs, failed, or went over a limit.</exception>
    public string Render(IReadOnlyDictionary<string, TemplateValue> variables, TimeProvider? clock = null) => Run(variables, clock).Text;

    /// <summary>
    /// The prompt of a conversation and which ranges of it came from input: everything in messages, tools and documents.
    /// No text that was made from input counts as the template's, so a special token outside of these ranges is the template's own.
    /// </summary>
    /// <exception cref="TemplateException">The template refused its inputs, failed, or went over a limit.</exception>
    public RenderedPrompt RenderTracked(TemplateInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return RenderTracked(inputs.Variables(), inputs.Clock);
    }

    /// <summary>The output for these variables and which ranges of it came from values that are input.</summary>
    /// <exception cref="TemplateException">The template refused its inputs, failed, or went over a limit.</exception>
    public RenderedPrompt RenderTracked(IReadOnlyDictionary<string, TemplateValue> variables, TimeProvider? clock = null)
    {
        TrackedText text = Run(variables, clock);
        return new(text.Text, text.Spans());
    }

    private TrackedText Run(IReadOnlyDictionary<string, TemplateValue> variables, TimeProvider? clock)
    {
        ArgumentNullException.ThrowIfNull(variables);
        TemplateRun run = new(_limits, clock ?? TimeProvider.System);
        TrackedBuilder output = new(run);
        Scope given = new(run, outer: null, variables);
        _body.Execute(new Scope(run, given), output);
        return output.ToText();
    }
}
