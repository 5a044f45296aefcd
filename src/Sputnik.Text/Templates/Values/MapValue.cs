namespace Sputnik.Text.Templates;

/// <summary>A dict or the fields of a namespace, in the order of insertion. Those of the input are frozen: renderings share them.</summary>
internal sealed class MapValue : IPayload
{
    // Up to here looking through all entries is no slower than hashing.
    private const int Scanned = 6;

    private readonly List<(MapKey Key, TemplateValue Name, TemplateValue Value)> _entries = [];
    private Dictionary<MapKey, int>? _places;

    public bool IsFrozen { get; private set; }

    public int Count => _entries.Count;

    public (MapKey Key, TemplateValue Name, TemplateValue Value) this[int index] => _entries[index];

    public bool TryGet(MapKey key, out TemplateValue value)
    {
        int place = Find(key);
        value = place < 0 ? default : _entries[place].Value;
        return place >= 0;
    }

    public bool TryGet(string key, out TemplateValue value) => TryGet(MapKey.Of(key), out value);

    public bool Contains(MapKey key) => Find(key) >= 0;

    public void Set(string key, TemplateValue value, bool fromInput = false) =>
        Set(MapKey.Of(key), TemplateValue.Of(TrackedText.Of(key, fromInput)), value);

    /// <summary>As in Python, an earlier entry keeps its place and its key.</summary>
    public void Set(MapKey key, TemplateValue name, TemplateValue value)
    {
        int place = Find(key);
        if (place >= 0)
        {
            _entries[place] = (key, _entries[place].Name, value);
            return;
        }

        _places?.Add(key, _entries.Count);
        _entries.Add((key, name, value));
        if (_places is null && _entries.Count > Scanned)
        {
            Index();
        }
    }

    public bool Remove(MapKey key, out TemplateValue value)
    {
        int place = Find(key);
        value = place < 0 ? default : _entries[place].Value;
        if (place < 0)
        {
            return false;
        }

        _entries.RemoveAt(place);
        if (_places is not null)
        {
            Index();
        }

        return true;
    }

    public MapValue Freeze()
    {
        IsFrozen = true;
        return this;
    }

    private void Index()
    {
        _places = [];
        for (int i = 0; i < _entries.Count; i++)
        {
            _places[_entries[i].Key] = i;
        }
    }

    private int Find(MapKey key)
    {
        if (_places is not null)
        {
            return _places.TryGetValue(key, out int place) ? place : -1;
        }

        for (int i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Key == key)
            {
                return i;
            }
        }

        return -1;
    }
}
