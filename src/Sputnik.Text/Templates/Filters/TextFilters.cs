namespace Sputnik.Text.Templates;

/// <summary>The filters that give a text.</summary>
internal static class TextFilters
{
    public static Dictionary<string, Method> All { get; } = new()
    {
        ["string"] = (run, self, _) => TemplateValue.Of(PythonText.Of(run, self)),
        ["safe"] = (run, self, _) => TemplateValue.Of(Markup.Of(PythonText.Of(run, self))),
        ["trim"] = Trim,
        ["upper"] = (run, self, _) => Mapped(run, self, TextOperations.Upper),
        ["lower"] = (run, self, _) => Mapped(run, self, text => text.ToLowerInvariant()),
        ["capitalize"] = (run, self, _) => Mapped(run, self, TextOperations.Capitalize),
        ["title"] = (run, self, _) => Mapped(run, self, Title),
        ["replace"] = Replace,
        ["indent"] = Indent,
        ["center"] = (run, self, a) => Padding.Apply(run, PythonText.Of(run, self), a, (width, missing) => (missing / 2) + (missing & width & 1)),
        ["wordcount"] = (run, self, _) => TemplateValue.Of((long)TextOperations.SplitAtSpace(run, PythonText.Of(run, self), -1).Count),
        ["format"] = (run, self, a) => TemplateValue.Of(PercentFormat.Apply(
            run, PythonText.Of(run, self), TemplateValue.Of(new ListValue([.. a.Positional], ListForm.Tuple)))),
        ["escape"] = (run, self, _) => TemplateValue.Of(Markup.Escape(run, PythonText.Of(run, self))),
        ["e"] = (run, self, _) => TemplateValue.Of(Markup.Escape(run, PythonText.Of(run, self))),
        ["tojson"] = ToJson,
        ["pprint"] = (run, self, _) => TemplateValue.Of(PythonText.Quoted(run, self)),
    };

    private static TemplateValue Trim(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        TemplateValue characters = arguments.Find(0, "chars") ?? TemplateValue.None;
        string? set = characters.Kind == ValueKind.None ? null : arguments.NeedText(run, 0, "chars").Text;
        return TemplateValue.Of(TextOperations.Strip(run, PythonText.Of(run, self), set, left: true, right: true));
    }

    private static TemplateValue Mapped(TemplateRun run, TemplateValue self, Func<string, string> map)
    {
        TrackedText text = PythonText.Of(run, self);
        run.Charge(text.Length);
        return TemplateValue.Of(text.With(map(text.Text)));
    }

    // Unlike the method, the filter begins words behind space, -, (, {, [ and < only.
    private static string Title(string text)
    {
        char[] titled = text.ToLowerInvariant().ToCharArray();
        for (int i = 0; i < titled.Length; i++)
        {
            if (i == 0 || TextOperations.IsSpace(titled[i - 1]) || titled[i - 1] is '-' or '(' or '{' or '[' or '<')
            {
                titled[i] = char.ToUpperInvariant(titled[i]);
            }
        }

        return new(titled);
    }

    private static TemplateValue Replace(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        TrackedText old = PythonText.Of(run, arguments.Need(run, 0, "old"));
        TrackedText with = PythonText.Of(run, arguments.Need(run, 1, "new"));
        TemplateValue count = arguments.Find(2, "count") ?? TemplateValue.None;
        int most = count.Kind == ValueKind.None ? -1 : arguments.Int(run, 2, "count", -1);
        return TemplateValue.Of(TextOperations.Replace(run, PythonText.Of(run, self), old.Text, with, most));
    }

    private static TemplateValue Indent(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        TemplateValue width = arguments.Find(0, "width") ?? TemplateValue.Of(4L);
        TrackedText indent = width.Kind == ValueKind.Text ? width.Text : Spaces(run, arguments.Int(run, 0, "width", 4));
        bool first = arguments.Bool(1, "first", otherwise: false);
        bool blank = arguments.Bool(2, "blank", otherwise: false);
        TrackedText text = PythonText.Of(run, self);

        // The end of the text is the end of a line: an empty line that ends it stays.
        List<TrackedText> lines = TextOperations.Lines(run, Arithmetic.Join(run, text, TrackedText.Of("\n", text.IsInput)));
        int end = 0;
        TrackedBuilder builder = new(run);
        for (int i = 0; i < lines.Count; i++)
        {
            if (i > 0)
            {
                builder.Append('\n', text.IsInputAt(end));
                end += text.Text[end] == '\r' && text.Text[end + 1] == '\n' ? 2 : 1;
            }

            if (i == 0 ? first : blank || lines[i].Length > 0)
            {
                builder.Append(indent);
            }

            builder.Append(lines[i]);
            end += lines[i].Length;
        }

        return TemplateValue.Of(builder.ToText());
    }

    private static TrackedText Spaces(TemplateRun run, int width) => width is >= 0 and <= 1000
        ? TrackedText.Of(new string(' ', width), fromInput: false)
        : throw run.Error($"An indent has 0 to 1000 characters, got {width}.");

    private static TemplateValue ToJson(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        TemplateValue indent = arguments.Find(1, "indent") ?? TemplateValue.None;
        TrackedText? moved = indent.Kind switch
        {
            ValueKind.None => null,
            ValueKind.Text => indent.Text,
            _ => Spaces(run, arguments.Int(run, 1, "indent", 0)),
        };
        (TrackedText between, TrackedText behindKey) = Separators(run, arguments, moved is null ? ", " : ",");
        PythonJson json = new(moved, between, behindKey, arguments.Bool(3, "sort_keys", otherwise: false), arguments.Bool(0, "ensure_ascii", otherwise: false));
        return TemplateValue.Of(json.Print(run, self));
    }

    private static (TrackedText Items, TrackedText Keys) Separators(TemplateRun run, Arguments arguments, string items)
    {
        TemplateValue given = arguments.Find(2, "separators") ?? TemplateValue.None;
        if (given.Kind == ValueKind.None)
        {
            return (TrackedText.Of(items, fromInput: false), TrackedText.Of(": ", fromInput: false));
        }

        List<TemplateValue> pair = Sequence.Items(run, given);
        return pair.Count == 2 && pair[0].Kind == ValueKind.Text && pair[1].Kind == ValueKind.Text
            ? (pair[0].Text, pair[1].Text)
            : throw run.Error("The argument 'separators' takes two strings.");
    }
}
