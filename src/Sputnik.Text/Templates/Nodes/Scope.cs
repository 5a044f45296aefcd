namespace Sputnik.Text.Templates;

/// <summary>
/// Names and their values. Assignments stay in the innermost scope; what is not found here is looked for outside: in the
/// scopes around, the variables of the rendering, the functions of the language.
/// </summary>
internal sealed class Scope(TemplateRun run, Scope? outer, IReadOnlyDictionary<string, TemplateValue>? inputs = null)
{
    // Up to here looking through all names is no slower than hashing.
    private const int Scanned = 8;

    private (string Name, TemplateValue Value)[] _names = [];
    private Dictionary<string, int>? _places;
    private int _count;

    public TemplateRun Run => run;

    public void Set(string name, TemplateValue value)
    {
        int place = Find(name);
        if (place >= 0)
        {
            _names[place].Value = value;
            return;
        }

        if (_count == _names.Length)
        {
            Array.Resize(ref _names, Math.Max(4, 2 * _count));
        }

        _names[_count++] = (name, value);
        if (_places is not null)
        {
            _places[name] = _count - 1;
        }
        else if (_count > Scanned)
        {
            Index();
        }
    }

    public TemplateValue Get(string name, MissingName missing)
    {
        Scope scope = this;
        while (true)
        {
            int place = scope.Find(name);
            if (place >= 0)
            {
                return scope._names[place].Value;
            }

            if (scope.Outer is not { } outside)
            {
                return scope.Given(name, missing);
            }

            run.Step();
            scope = outside;
        }
    }

    private Scope? Outer => outer;

    private TemplateValue Given(string name, MissingName missing)
    {
        if (inputs is not null && inputs.TryGetValue(name, out TemplateValue value))
        {
            return value;
        }

        return GlobalFunctions.All.TryGetValue(name, out GlobalFunction? function) ? TemplateValue.Of(function) : TemplateValue.Undefined(missing);
    }

    private void Index()
    {
        _places = [];
        for (int i = 0; i < _count; i++)
        {
            _places[_names[i].Name] = i;
        }
    }

    private int Find(string name)
    {
        if (_places is not null)
        {
            return _places.TryGetValue(name, out int place) ? place : -1;
        }

        for (int i = 0; i < _count; i++)
        {
            if (_names[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
