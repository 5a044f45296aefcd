namespace Sputnik.Generation.Grammars;

/// <summary>The groups of an expression that are open: a parser's stack, so that the parser itself never recurses.</summary>
internal sealed class FragmentStack(GrammarBuilder builder)
{
    private readonly Stack<Group> _groups = new([new Group()]);

    /// <summary>Groups that are open.</summary>
    public int Depth => _groups.Count - 1;

    /// <summary>Whether there is something that can be repeated.</summary>
    public bool HasLast => _groups.Peek().Last is not null;

    /// <summary>Puts something behind the rest.</summary>
    public void Add(Fragment part)
    {
        Group group = _groups.Peek();
        group.Shift(builder);
        group.Last = part;
    }

    /// <summary>Repeats what was added last.</summary>
    public void Repeat(int least, int? most)
    {
        Group group = _groups.Peek();
        Fragment last = group.Last ?? throw new InvalidOperationException("Nothing was added that could be repeated.");
        group.Last = null;
        Fragment repeated = builder.Repeat(last, least, most);
        group.Sequence = group.Sequence is Fragment before ? builder.Then(before, repeated) : repeated;
    }

    /// <summary>Begins another branch.</summary>
    public void Alternate() => _groups.Peek().Alternate(builder);

    /// <summary>Opens a group.</summary>
    /// <exception cref="ArgumentException">Too many are open.</exception>
    public void Open()
    {
        if (Depth == GrammarLimits.Nesting)
        {
            throw new ArgumentException($"Groups nest at most {GrammarLimits.Nesting} deep.");
        }

        _groups.Push(new());
    }

    /// <summary>Closes the newest group, which may be repeated then.</summary>
    public void Close() => Add(Whole(_groups.Pop()));

    /// <summary>All of it.</summary>
    public Fragment Finish() => Whole(_groups.Peek());

    private Fragment Whole(Group group)
    {
        group.Alternate(builder);
        return builder.Any([.. group.Branches]);
    }

    private sealed class Group
    {
        public List<Fragment> Branches { get; } = [];

        public Fragment? Sequence { get; set; }

        public Fragment? Last { get; set; }

        public void Shift(GrammarBuilder builder)
        {
            if (Last is Fragment last)
            {
                Sequence = Sequence is Fragment before ? builder.Then(before, last) : last;
                Last = null;
            }
        }

        public void Alternate(GrammarBuilder builder)
        {
            Shift(builder);
            Branches.Add(Sequence ?? builder.Nothing());
            Sequence = null;
        }
    }
}
