using System.Runtime.InteropServices;

namespace Sputnik.Generation.Grammars;

/// <summary>
/// Runs a grammar as a set of stacks, and makes a deterministic automaton of it as it goes: states and frames are kept once,
/// so that a step that was taken before is one look-up. For one thread at a time.
/// </summary>
internal sealed class GrammarMachine
{
    private readonly Grammar _grammar;
    private readonly byte[] _classes;
    private readonly int _classCount;
    private readonly GrammarState _dead;
    private readonly Dictionary<(int Node, long Caller), GrammarFrame> _frames = [];
    private readonly Dictionary<GrammarPlaces, GrammarState> _states = [];
    private readonly HashSet<GrammarPlace> _seen = [];
    private readonly Stack<GrammarPlace> _left = new();
    private readonly List<GrammarPlace> _places = [];
    private long _nextFrame;
    private long _walk;
    private int _kept;
    private bool _isCut;

    public GrammarMachine(Grammar grammar)
    {
        _grammar = grammar;
        _classes = grammar.ByteClasses(out _classCount);
        _dead = new(new([], Accepts: false, IsCut: false), cost: 0, _classCount);
        _left.Push(new(grammar.Start, null));
        Start = Close();
    }

    /// <summary>Before any text.</summary>
    public GrammarState Start { get; }

    /// <summary>The state behind one byte more.</summary>
    public GrammarState Step(GrammarState state, byte value) => state.Next[_classes[value]] ??= Take(state, NodeKind.Bytes, value);

    /// <summary>Begins to count what steps cost.</summary>
    public void BeginWalk() => _walk++;

    /// <summary>As the other, and what the step would cost had no walk before this one taken it: more than a mask may, where it loses readings.</summary>
    public GrammarState Step(GrammarState state, byte value, ref long cost)
    {
        GrammarState next = Step(state, value);
        ref long walk = ref state.Walks[_classes[value]];
        if (walk != _walk)
        {
            walk = _walk;
            cost += next.IsCut ? GrammarLimits.StepsOfAMask + 1L : next.Cost + state.Places.Length;
        }

        return next;
    }

    /// <summary>The state behind a token that the grammar names itself.</summary>
    public GrammarState StepToken(GrammarState state, int token) => Take(state, NodeKind.Token, token);

    /// <summary>The state behind the bytes of a token.</summary>
    public GrammarState Step(GrammarState state, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            state = Step(state, value);
        }

        return state;
    }

    /// <summary>The tokens that the grammar names itself and that may come next.</summary>
    public IEnumerable<int> NamedTokens(GrammarState state)
    {
        foreach (GrammarPlace place in state.Places.ToArray())
        {
            GrammarNode step = _grammar.Nodes[place.Node];
            if (step.Kind == NodeKind.Token)
            {
                yield return step.Argument;
            }
        }
    }

    private GrammarState Take(GrammarState state, NodeKind kind, int value)
    {
        foreach (GrammarPlace place in state.Places)
        {
            GrammarNode step = _grammar.Nodes[place.Node];
            bool takes = step.Kind == kind && (kind == NodeKind.Token ? step.Argument == value : _grammar.Sets[step.Argument].Contains((byte)value));
            if (takes)
            {
                _left.Push(new(step.Next, place.Frame));
            }
        }

        return _left.Count == 0 ? _dead : Close();
    }

    /// <summary>Follows all that takes nothing, from the places that are left.</summary>
    private GrammarState Close()
    {
        _seen.Clear();
        _places.Clear();
        _isCut = false;
        bool accepts = false;
        int steps = 0;
        while (_left.TryPop(out GrammarPlace place))
        {
            if (!_grammar.Alive[place.Node] || !_seen.Add(place))
            {
                continue;
            }

            if (++steps > GrammarLimits.StepsOfAState)
            {
                _isCut = true;
                continue;
            }

            accepts |= Follow(place);
        }

        return Kept(accepts, steps);
    }

    /// <summary>Goes on from a place, or keeps it where it takes something; true where the text may end.</summary>
    private bool Follow(GrammarPlace place)
    {
        GrammarNode step = _grammar.Nodes[place.Node];
        switch (step.Kind)
        {
            case NodeKind.Bytes or NodeKind.Token:
                AddPlace(place);
                break;
            case NodeKind.Split:
                _left.Push(new(step.Argument, place.Frame));
                _left.Push(new(step.Next, place.Frame));
                break;
            case NodeKind.Call:
                _left.Push(new(_grammar.Starts[step.Argument], Behind(step.Next, place.Frame)));
                break;
            case NodeKind.Return when place.Frame is GrammarFrame frame:
                _left.Push(new(frame.Node, frame.Caller));
                break;
            case NodeKind.Return:
                return true;
            default:
                _left.Push(new(step.Next, place.Frame));
                break;
        }

        return false;
    }

    private void AddPlace(GrammarPlace place)
    {
        if (_places.Count < GrammarLimits.Places)
        {
            _places.Add(place);
        }
        else
        {
            _isCut = true;
        }
    }

    /// <summary>The frame of a call; one that is the last thing its rule does needs none of its own, so right recursion does not pile up.</summary>
    private GrammarFrame? Behind(int node, GrammarFrame? caller)
    {
        while (_grammar.Nodes[node].Kind == NodeKind.Empty)
        {
            node = _grammar.Nodes[node].Next;
        }

        if (_grammar.Nodes[node].Kind == NodeKind.Return)
        {
            return caller;
        }

        ref GrammarFrame? frame = ref CollectionsMarshal.GetValueRefOrAddDefault(_frames, (node, caller?.Id ?? -1), out _);
        return frame ??= new(node, caller, _nextFrame++);
    }

    private GrammarState Kept(bool accepts, int cost)
    {
        _places.Sort();
        GrammarPlaces key = new([.. _places], accepts, _isCut);
        if (_states.TryGetValue(key, out GrammarState? state))
        {
            return state;
        }

        if (_states.Count >= GrammarLimits.States || _frames.Count >= 16 * GrammarLimits.States || _kept >= GrammarLimits.KeptPlaces)
        {
            Forget();
        }

        _kept += key.Places.Length;
        return _states[key] = new(key, cost, _classCount);
    }

    /// <summary>Guides keep the states they stand in; states and frames made from here on are simply other ones.</summary>
    private void Forget()
    {
        foreach (GrammarState state in _states.Values)
        {
            Array.Clear(state.Next);
        }

        Array.Clear(Start.Next);
        _states.Clear();
        _frames.Clear();
        _kept = 0;
    }
}
