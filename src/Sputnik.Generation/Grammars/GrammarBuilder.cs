using System.Runtime.InteropServices;
using System.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>
/// Builds a grammar of fragments, as Thompson built automata: no tree stands between a language and its steps, so nothing
/// recurses over what a caller wrote.
/// </summary>
internal sealed class GrammarBuilder
{
    private readonly List<GrammarNode> _nodes = [];
    private readonly List<int> _starts = [];
    private readonly List<string> _names = [];
    private readonly List<ByteSet> _sets = [];
    private readonly Dictionary<ByteSet, int> _setIndex = [];
    private readonly Dictionary<string, int> _classes = [];

    /// <summary>Takes nothing.</summary>
    public Fragment Nothing() => Single(NodeKind.Empty, 0);

    /// <summary>Takes one byte of a set.</summary>
    public Fragment Bytes(ByteSet set)
    {
        if (!_setIndex.TryGetValue(set, out int index))
        {
            _setIndex[set] = index = _sets.Count;
            _sets.Add(set);
        }

        return Single(NodeKind.Bytes, index);
    }

    /// <summary>Takes one token.</summary>
    public Fragment Token(int id) => Single(NodeKind.Token, id);

    /// <summary>Takes what a rule takes.</summary>
    public Fragment Call(int rule) => Single(NodeKind.Call, rule);

    /// <summary>Takes a text as it is written.</summary>
    public Fragment Text(string text)
    {
        Fragment all = Nothing();
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            all = Then(all, Bytes(default(ByteSet).With(value)));
        }

        return all;
    }

    /// <summary>Takes one character of a class.</summary>
    public Fragment Class(CodePoints points)
    {
        List<ByteSet[]> sequences = Utf8Ranges.Of(points);
        if (sequences.Count == 0)
        {
            // A class that nothing matches: a rule that never ends is not alive, so no path leads into it.
            int never = Rule("empty class");
            Define(never, Call(never));
            return Call(never);
        }

        if (sequences is [[ByteSet only]])
        {
            return Bytes(only);
        }

        string key = points.ToString();
        if (!_classes.TryGetValue(key, out int rule))
        {
            _classes[key] = rule = Rule("class");
            Define(rule, Any([.. sequences.Select(sequence => All([.. sequence.Select(Bytes)]))]));
        }

        return Call(rule);
    }

    /// <summary>One after the other.</summary>
    public Fragment Then(Fragment first, Fragment second)
    {
        SetNext(first.End, second.Start);
        return new(first.Start, second.End);
    }

    /// <summary>All in this order.</summary>
    public Fragment All(params ReadOnlySpan<Fragment> parts)
    {
        Fragment all = parts.Length == 0 ? Nothing() : parts[0];
        for (int i = 1; i < parts.Length; i++)
        {
            all = Then(all, parts[i]);
        }

        return all;
    }

    /// <summary>One of them.</summary>
    public Fragment Any(params ReadOnlySpan<Fragment> parts)
    {
        if (parts.Length == 1)
        {
            return parts[0];
        }

        Fragment end = Nothing();
        int start = parts[^1].Start;
        SetNext(parts[^1].End, end.Start);
        for (int i = parts.Length - 2; i >= 0; i--)
        {
            SetNext(parts[i].End, end.Start);
            start = Add(new(NodeKind.Split, parts[i].Start, start));
        }

        return new(start, end.End);
    }

    /// <summary>Once or not at all.</summary>
    public Fragment Optional(Fragment part) => Any(part, Nothing());

    /// <summary>As often as wanted, at least <paramref name="least"/> and at most <paramref name="most"/> times; null = without end.</summary>
    public Fragment Repeat(Fragment part, int least, int? most)
    {
        if (most < least)
        {
            throw new ArgumentException($"A repetition of {least} to {most} times has no end before its start.");
        }

        return (least, most) switch
        {
            (0, 0) => Nothing(),
            (1, 1) => part,
            (0, 1) => Optional(part),
            (0, null) => Loop(part, orNone: true),
            (1, null) => Loop(part, orNone: false),
            _ => Counted(part, least, most),
        };
    }

    /// <summary>Names a rule that is defined later.</summary>
    public int Rule(string name)
    {
        if (_starts.Count == GrammarLimits.Rules)
        {
            throw new ArgumentException($"A grammar has at most {GrammarLimits.Rules} rules.");
        }

        _starts.Add(-1);
        _names.Add(name);
        return _starts.Count - 1;
    }

    /// <summary>Says what a rule takes.</summary>
    public void Define(int rule, Fragment body)
    {
        SetNext(body.End, Add(new(NodeKind.Return, 0, -1)));
        _starts[rule] = body.Start;
    }

    /// <summary>Whether a rule is defined.</summary>
    public bool IsDefined(int rule) => _starts[rule] >= 0;

    /// <summary>The grammar that takes what a rule takes.</summary>
    /// <exception cref="ArgumentException">A rule calls itself before it has taken anything, or the grammar takes no text at all.</exception>
    public Grammar Build(int root) => new Grammar([.. _nodes], [.. _starts], [.. _names], [.. _sets], root).Checked();

    private Fragment Loop(Fragment part, bool orNone)
    {
        Fragment end = Nothing();
        int split = Add(new(NodeKind.Split, part.Start, end.Start));
        SetNext(part.End, split);
        return new(orNone ? split : part.Start, end.End);
    }

    private Fragment Counted(Fragment part, int least, int? most)
    {
        // 2 steps a repetition at most; a number that cannot fit is refused before any work.
        if (Math.Max(least, most ?? 0) > GrammarLimits.Nodes / 2)
        {
            throw new ArgumentException($"A repetition of {Math.Max(least, most ?? 0)} times is more than {GrammarLimits.Nodes / 2}.");
        }

        Func<Fragment> copy = Copies(part);
        Fragment all = Nothing();
        for (int i = 0; i < least; i++)
        {
            all = Then(all, copy());
        }

        if (most is not int end)
        {
            return Then(all, Loop(copy(), orNone: true));
        }

        Fragment exit = Nothing();
        for (int i = least; i < end; i++)
        {
            Fragment once = copy();
            int split = Add(new(NodeKind.Split, once.Start, exit.Start));
            SetNext(all.End, split);
            all = new(all.Start, once.End);
        }

        return Then(all, exit);
    }

    private Func<Fragment> Copies(Fragment part)
    {
        GrammarNode only = _nodes[part.Start];
        if (part.Start == part.End)
        {
            return () => Single(only.Kind, only.Argument);
        }

        int rule = Rule("repeated");
        Define(rule, part);
        return () => Call(rule);
    }

    private Fragment Single(NodeKind kind, int argument)
    {
        int node = Add(new(kind, argument, -1));
        return new(node, node);
    }

    private int Add(GrammarNode node)
    {
        if (_nodes.Count == GrammarLimits.Nodes)
        {
            throw new ArgumentException($"A grammar has at most {GrammarLimits.Nodes} steps; a repetition counts as often as it repeats.");
        }

        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    private void SetNext(int node, int next)
    {
        ref GrammarNode open = ref CollectionsMarshal.AsSpan(_nodes)[node];
        open = open with { Next = next };
    }
}
