using System.Collections.Frozen;

namespace Sputnik.Text.Templates;

/// <summary>The methods of a text.</summary>
internal static class TextMethods
{
    public static FrozenDictionary<string, Method> All { get; } = new Dictionary<string, Method>
    {
        ["strip"] = (run, self, a) => Strip(run, self, a, left: true, right: true),
        ["lstrip"] = (run, self, a) => Strip(run, self, a, left: true, right: false),
        ["rstrip"] = (run, self, a) => Strip(run, self, a, left: false, right: true),
        ["split"] = (run, self, a) => Split(run, self, a, right: false),
        ["rsplit"] = (run, self, a) => Split(run, self, a, right: true),
        ["splitlines"] = (run, self, _) => TemplateValue.Of(new ListValue([.. TextOperations.Lines(run, self.Text).Select(TemplateValue.Of)])),
        ["partition"] = (run, self, a) => Partition(run, self, a, right: false),
        ["rpartition"] = (run, self, a) => Partition(run, self, a, right: true),
        ["startswith"] = (run, self, a) => Affix(run, self, a, (text, part) => text.StartsWith(part, StringComparison.Ordinal)),
        ["endswith"] = (run, self, a) => Affix(run, self, a, (text, part) => text.EndsWith(part, StringComparison.Ordinal)),
        ["removeprefix"] = RemovePrefix,
        ["removesuffix"] = RemoveSuffix,
        ["replace"] = Replace,
        ["join"] = (run, self, a) => TemplateValue.Of(TextOperations.Join(run, self.Text, Texts(run, a.Need(run, 0, "iterable")))),
        ["upper"] = (run, self, _) => Mapped(run, self, TextOperations.Upper),
        ["lower"] = (run, self, _) => Mapped(run, self, text => text.ToLowerInvariant()),
        ["casefold"] = (run, self, _) => Mapped(run, self, text => text.ToLowerInvariant()),
        ["capitalize"] = (run, self, _) => Mapped(run, self, TextOperations.Capitalize),
        ["title"] = (run, self, _) => Mapped(run, self, Title),
        ["find"] = (run, self, a) => Find(run, self, a, (text, part) => text.IndexOf(part, StringComparison.Ordinal)),
        ["rfind"] = (run, self, a) => Find(run, self, a, (text, part) => text.LastIndexOf(part, StringComparison.Ordinal)),
        ["count"] = Count,
        ["isdigit"] = (run, self, _) => Every(run, self, char.IsDigit),
        ["isnumeric"] = (run, self, _) => Every(run, self, char.IsNumber),
        ["isalpha"] = (run, self, _) => Every(run, self, char.IsLetter),
        ["isalnum"] = (run, self, _) => Every(run, self, char.IsLetterOrDigit),
        ["isspace"] = (run, self, _) => Every(run, self, TextOperations.IsSpace),
        ["isupper"] = (run, self, _) => Cased(run, self, char.IsUpper, char.IsLower),
        ["islower"] = (run, self, _) => Cased(run, self, char.IsLower, char.IsUpper),
        ["zfill"] = (run, self, a) => Padding.Zeros(run, self.Text, a.Int(run, 0, "width", 0)),
        ["ljust"] = (run, self, a) => Padding.Apply(run, self.Text, a, (_, pad) => 0),
        ["rjust"] = (run, self, a) => Padding.Apply(run, self.Text, a, (_, pad) => pad),
        ["center"] = (run, self, a) => Padding.Apply(run, self.Text, a, (width, pad) => (pad / 2) + (pad & width & 1)),
        ["format"] = (run, self, a) => TemplateValue.Of(BraceFormat.Apply(run, self.Text, a)),
    }.ToFrozenDictionary();

    private static TemplateValue Strip(TemplateRun run, TemplateValue self, Arguments arguments, bool left, bool right)
    {
        TemplateValue characters = arguments.Find(0, "chars") ?? TemplateValue.None;
        string? set = characters.Kind == ValueKind.None ? null : arguments.NeedText(run, 0, "chars").Text;
        return TemplateValue.Of(TextOperations.Strip(run, self.Text, set, left, right));
    }

    private static TemplateValue Split(TemplateRun run, TemplateValue self, Arguments arguments, bool right)
    {
        TemplateValue separator = arguments.Find(0, "sep") ?? TemplateValue.None;
        int most = arguments.Int(run, 1, "maxsplit", -1);
        List<TemplateValue> parts = separator.Kind == ValueKind.None
            ? right ? TextOperations.SplitAtSpaceRight(run, self.Text, most) : TextOperations.SplitAtSpace(run, self.Text, most)
            : right ? TextOperations.SplitRight(run, self.Text, arguments.NeedText(run, 0, "sep").Text, most)
            : TextOperations.Split(run, self.Text, arguments.NeedText(run, 0, "sep").Text, most);
        return TemplateValue.Of(new ListValue(parts), self.FromInput);
    }

    private static TemplateValue Partition(TemplateRun run, TemplateValue self, Arguments arguments, bool right)
    {
        run.Charge(self.Text.Length);
        TrackedText text = self.Text;
        string separator = arguments.NeedText(run, 0, "sep").Text;
        int at = separator.Length == 0 ? throw run.Error("partition takes a separator that is not empty.")
            : right ? text.Text.LastIndexOf(separator, StringComparison.Ordinal) : text.Text.IndexOf(separator, StringComparison.Ordinal);
        int behind = at + separator.Length;
        TrackedText[] parts = at < 0
            ? right ? [TrackedText.Empty, TrackedText.Empty, text] : [text, TrackedText.Empty, TrackedText.Empty]
            : [text.Slice(0, at), text.Slice(at, separator.Length), text.Slice(behind, text.Length - behind)];
        return TemplateValue.Of(new ListValue([.. parts.Select(TemplateValue.Of)], ListForm.Tuple), self.FromInput);
    }

    private static TemplateValue Affix(TemplateRun run, TemplateValue self, Arguments arguments, Func<string, string, bool> has)
    {
        TemplateValue affix = arguments.Need(run, 0, "prefix");
        List<TemplateValue> choices = affix.Kind == ValueKind.List ? Texts(run, affix) : [TemplateValue.Of(arguments.NeedText(run, 0, "prefix"))];
        return TemplateValue.Of(choices.Any(choice => has(self.Text.Text, choice.Text.Text)));
    }

    private static TemplateValue RemovePrefix(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        string prefix = arguments.NeedText(run, 0, "prefix").Text;
        run.Charge(self.Text.Length);
        return self.Text.Text.StartsWith(prefix, StringComparison.Ordinal)
            ? TemplateValue.Of(self.Text.Slice(prefix.Length, self.Text.Length - prefix.Length))
            : self;
    }

    private static TemplateValue RemoveSuffix(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        string suffix = arguments.NeedText(run, 0, "suffix").Text;
        run.Charge(self.Text.Length);
        return self.Text.Text.EndsWith(suffix, StringComparison.Ordinal)
            ? TemplateValue.Of(self.Text.Slice(0, self.Text.Length - suffix.Length))
            : self;
    }

    private static TemplateValue Replace(TemplateRun run, TemplateValue self, Arguments arguments) => TemplateValue.Of(TextOperations.Replace(
        run, self.Text, arguments.NeedText(run, 0, "old").Text, arguments.NeedText(run, 1, "new"), arguments.Int(run, 2, "count", -1)));

    // join of a text takes texts only, where the filter takes anything.
    private static List<TemplateValue> Texts(TemplateRun run, TemplateValue value)
    {
        List<TemplateValue> items = Sequence.Items(run, value);
        foreach (TemplateValue item in items)
        {
            if (item.Kind != ValueKind.Text)
            {
                throw run.Error($"The items must be strings, got {PythonText.TypeName(item)}.");
            }
        }

        return items;
    }

    private static TemplateValue Mapped(TemplateRun run, TemplateValue self, Func<string, string> map)
    {
        run.Charge(self.Text.Length);
        return TemplateValue.Of(self.Text.With(map(self.Text.Text)));
    }

    // Python's title: every letter behind what is no letter is upper case.
    private static string Title(string text)
    {
        char[] titled = text.ToLowerInvariant().ToCharArray();
        for (int i = 0; i < titled.Length; i++)
        {
            if (i == 0 || !char.IsLetter(titled[i - 1]))
            {
                titled[i] = char.ToUpperInvariant(titled[i]);
            }
        }

        return new(titled);
    }

    private static TemplateValue Find(TemplateRun run, TemplateValue self, Arguments arguments, Func<string, string, int> find)
    {
        run.Charge(self.Text.Length);
        int at = find(self.Text.Text, arguments.NeedText(run, 0, "sub").Text);
        return TemplateValue.Of(at < 0 ? -1L : Characters.Count(self.Text.Text[..at]));
    }

    private static TemplateValue Count(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        run.Charge(self.Text.Length);
        string part = arguments.NeedText(run, 0, "sub").Text;
        return TemplateValue.Of(part.Length == 0 ? Characters.Count(self.Text.Text) + 1L : self.Text.Text.AsSpan().Count(part));
    }

    private static TemplateValue Every(TemplateRun run, TemplateValue self, Func<char, bool> test)
    {
        run.Charge(self.Text.Length);
        return TemplateValue.Of(self.Text.Length > 0 && self.Text.Text.All(test));
    }

    private static TemplateValue Cased(TemplateRun run, TemplateValue self, Func<char, bool> wanted, Func<char, bool> unwanted)
    {
        run.Charge(self.Text.Length);
        return TemplateValue.Of(self.Text.Text.Any(wanted) && !self.Text.Text.Any(unwanted));
    }
}
