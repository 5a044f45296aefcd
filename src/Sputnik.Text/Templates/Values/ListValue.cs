namespace Sputnik.Text.Templates;

/// <summary>What a sequence is in Python's eyes, where that shows.</summary>
internal enum ListForm : byte
{
    List,
    Tuple,
    Range,

    /// <summary>What map and select give: always true, without a length.</summary>
    Generator,

    /// <summary>What dict.items(), keys() and values() give.</summary>
    View,
}

/// <summary>A sequence. Those that came with the input are frozen: renderings share them.</summary>
internal sealed class ListValue(List<TemplateValue> items, ListForm form = ListForm.List, bool frozen = false) : IPayload
{
    public List<TemplateValue> Items => items;

    public ListForm Form => form;

    public bool IsFrozen => frozen;

    /// <summary>What stands before the items when a range or a view is printed; the whole for a range.</summary>
    public string Display { get; init; } = "";

    public int Count => items.Count;
}
