using System.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>
/// Any text in which none of some strings stands: Aho and Corasick's automaton (Communications of the ACM 18, 1975) without the
/// states where a string is complete, a rule a state.
/// </summary>
internal sealed class FreeText
{
    private readonly List<int[]> _next = [];
    private readonly List<bool> _whole = [];

    private FreeText(IReadOnlyList<string> strings)
    {
        Add();
        foreach (string text in strings)
        {
            int state = 0;
            foreach (byte value in Encoding.UTF8.GetBytes(text))
            {
                state = _next[state][value] >= 0 ? _next[state][value] : _next[state][value] = Add();
            }

            _whole[state] = true;
        }

        Join();
    }

    /// <summary>Any text without these strings.</summary>
    /// <param name="builder">Where its rules are built.</param>
    /// <param name="strings">What must not stand in it.</param>
    /// <param name="noObject">Whether it may also not begin as a JSON object does.</param>
    public static Fragment Without(GrammarBuilder builder, IReadOnlyList<string> strings, bool noObject)
    {
        FreeText text = new(strings);
        int start = noObject ? text.AddStart() : 0;
        int[] rules = [.. Enumerable.Range(0, text._next.Count).Select(_ => builder.Rule("text"))];
        for (int state = 0; state < rules.Length; state++)
        {
            builder.Define(rules[state], text.Body(builder, state, rules));
        }

        return builder.Call(rules[start]);
    }

    private int Add()
    {
        int[] row = new int[256];
        Array.Fill(row, -1);
        _next.Add(row);
        _whole.Add(false);
        return _next.Count - 1;
    }

    /// <summary>Where a byte leads from each state: to the longest end of what was read that one of the strings begins with.</summary>
    private void Join()
    {
        int[] shorter = new int[_next.Count];
        Queue<int> left = new([0]);
        while (left.TryDequeue(out int state))
        {
            for (int value = 0; value < 256; value++)
            {
                int other = state == 0 ? 0 : _next[shorter[state]][value];
                if (_next[state][value] is >= 0 and int longer)
                {
                    shorter[longer] = other;
                    _whole[longer] |= _whole[other];
                    left.Enqueue(longer);
                }
                else
                {
                    _next[state][value] = other;
                }
            }
        }
    }

    /// <summary>A state before the first character that is no space.</summary>
    private int AddStart()
    {
        int start = Add();
        _next[0].CopyTo(_next[start], 0);
        foreach (char space in " \t\r\n\v\f")
        {
            _next[start][space] = start;
        }

        _next[start]['{'] = -1;
        return start;
    }

    /// <summary>The end, or a byte and what follows it. Rules end in their calls, so none piles up.</summary>
    private Fragment Body(GrammarBuilder builder, int state, int[] rules)
    {
        Dictionary<int, ByteSet> ways = [];
        for (int value = 0; value < 256; value++)
        {
            if (_next[state][value] is >= 0 and int next && !_whole[next])
            {
                ways[next] = ways.GetValueOrDefault(next).With((byte)value);
            }
        }

        return builder.Any([builder.Nothing(), .. ways.Select(way => builder.Then(builder.Bytes(way.Value), builder.Call(rules[way.Key])))]);
    }
}
