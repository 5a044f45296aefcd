namespace Sputnik.Generation.Grammars;

/// <summary>Rules over bytes and tokens, each a little automaton that may call others.</summary>
/// <param name="nodes">The steps; no two rules share one.</param>
/// <param name="starts">The first step of every rule.</param>
/// <param name="names">Names of the rules, for messages.</param>
/// <param name="sets">The byte sets of the steps.</param>
/// <param name="root">The rule that takes a whole text.</param>
internal sealed class Grammar(GrammarNode[] nodes, int[] starts, string[] names, ByteSet[] sets, int root)
{
    private bool[] _alive = [];

    /// <summary>The steps.</summary>
    public ReadOnlySpan<GrammarNode> Nodes => nodes;

    /// <summary>The first step of every rule.</summary>
    public ReadOnlySpan<int> Starts => starts;

    /// <summary>The byte sets of the steps.</summary>
    public ReadOnlySpan<ByteSet> Sets => sets;

    /// <summary>The first step of all.</summary>
    public int Start => starts[root];

    /// <summary>Of every step whether some text leads from it to the end of its rule; no other is ever entered.</summary>
    public ReadOnlySpan<bool> Alive => _alive;

    /// <summary>This grammar, if every rule is defined, none calls itself before it has taken anything, and it takes some text.</summary>
    /// <exception cref="ArgumentException">It is not so.</exception>
    public Grammar Checked()
    {
        int missing = Array.IndexOf(starts, -1);
        if (missing >= 0)
        {
            throw new ArgumentException($"Rule '{names[missing]}' is used but not defined.");
        }

        _alive = Reaches(throughBytes: true);
        if (!_alive[Start])
        {
            throw new ArgumentException($"No text matches rule '{names[root]}': it never ends.");
        }

        CheckLeftRecursion(Reaches(throughBytes: false));
        return this;
    }

    /// <summary>Bytes that no set tells apart share a class: of every byte its class.</summary>
    public byte[] ByteClasses(out int count)
    {
        byte[] classes = new byte[256];
        count = 1;
        foreach (ByteSet set in sets)
        {
            Dictionary<(byte Class, bool Inside), byte> parts = [];
            for (int value = 0; value < 256; value++)
            {
                (byte, bool) key = (classes[value], set.Contains((byte)value));
                if (!parts.TryGetValue(key, out byte part))
                {
                    parts[key] = part = (byte)parts.Count;
                }

                classes[value] = part;
            }

            count = parts.Count;
        }

        return classes;
    }

    /// <summary>
    /// Of every step whether its rule's end can be reached from it, with or without taking anything on the way. Found
    /// backwards from the ends; a call waits until its rule is known to reach its own.
    /// </summary>
    private bool[] Reaches(bool throughBytes)
    {
        bool[] reaches = new bool[nodes.Length];
        List<int>?[] before = Predecessors();
        ILookup<int, int> rulesAt = Enumerable.Range(0, starts.Length).ToLookup(rule => starts[rule]);
        bool[] ends = new bool[starts.Length];
        List<int>?[] waiting = new List<int>?[starts.Length];
        Stack<int> found = new(Enumerable.Range(0, nodes.Length).Where(node => nodes[node].Kind == NodeKind.Return));
        while (found.TryPop(out int node))
        {
            if (reaches[node])
            {
                continue;
            }

            reaches[node] = true;
            foreach (int rule in rulesAt[node])
            {
                ends[rule] = true;
                waiting[rule]?.ForEach(found.Push);
            }

            foreach (int previous in before[node] ?? [])
            {
                GrammarNode step = nodes[previous];
                if (step.Kind == NodeKind.Call && !ends[step.Argument])
                {
                    (waiting[step.Argument] ??= []).Add(previous);
                }
                else if (throughBytes || step.Kind is not (NodeKind.Bytes or NodeKind.Token))
                {
                    found.Push(previous);
                }
            }
        }

        return reaches;
    }

    private List<int>?[] Predecessors()
    {
        var before = new List<int>?[nodes.Length];
        for (int node = 0; node < nodes.Length; node++)
        {
            if (nodes[node].Next is >= 0 and int next)
            {
                (before[next] ??= []).Add(node);
            }

            if (nodes[node].Kind == NodeKind.Split)
            {
                (before[nodes[node].Argument] ??= []).Add(node);
            }
        }

        return before;
    }

    /// <summary>Rules are taken away as soon as no rule is left that they may call first; what cannot be taken away runs in a circle.</summary>
    private void CheckLeftRecursion(bool[] empties)
    {
        var callers = new List<int>[starts.Length];
        int[] open = new int[starts.Length];
        for (int rule = 0; rule < starts.Length; rule++)
        {
            callers[rule] = [];
        }

        for (int rule = 0; rule < starts.Length; rule++)
        {
            foreach (int called in FirstCalls(rule, empties))
            {
                callers[called].Add(rule);
                open[rule]++;
            }
        }

        Stack<int> done = new(Enumerable.Range(0, starts.Length).Where(rule => open[rule] == 0));
        while (done.TryPop(out int rule))
        {
            foreach (int caller in callers[rule])
            {
                if (--open[caller] == 0)
                {
                    done.Push(caller);
                }
            }
        }

        // From any rule that is left a walk over rules that are left ends in a circle.
        int circular = Array.FindIndex(open, count => count > 0);
        HashSet<int> walked = [];
        while (circular >= 0 && walked.Add(circular))
        {
            circular = FirstCalls(circular, empties).First(called => open[called] > 0);
        }

        if (circular >= 0)
        {
            throw new ArgumentException($"Rule '{names[circular]}' may call itself before it has taken anything: write the repetition with * or put the recursion last.");
        }
    }

    private HashSet<int> FirstCalls(int rule, bool[] empties)
    {
        HashSet<int> calls = [], seen = [];
        Stack<int> left = new([starts[rule]]);
        while (left.TryPop(out int node))
        {
            if (!_alive[node] || !seen.Add(node))
            {
                continue;
            }

            GrammarNode step = nodes[node];
            if (step.Kind == NodeKind.Split)
            {
                left.Push(step.Argument);
            }
            else if (step.Kind == NodeKind.Call)
            {
                calls.Add(step.Argument);
            }

            bool passes = step.Kind is NodeKind.Empty or NodeKind.Split || (step.Kind == NodeKind.Call && empties[starts[step.Argument]]);
            if (passes)
            {
                left.Push(step.Next);
            }
        }

        return calls;
    }
}
