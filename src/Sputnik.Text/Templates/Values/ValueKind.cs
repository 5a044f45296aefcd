namespace Sputnik.Text.Templates;

/// <summary>The kinds of value that a template knows.</summary>
internal enum ValueKind : byte
{
    Undefined,
    None,
    Bool,
    Int,
    Float,
    Text,
    List,
    Map,
    Namespace,
    Loop,
    Callable,
}
