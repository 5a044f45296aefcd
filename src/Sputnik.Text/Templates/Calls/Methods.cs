namespace Sputnik.Text.Templates;

/// <summary>The methods of texts, dicts and lists.</summary>
internal static class Methods
{
    public static Set Named(string name) =>
        new(TextMethods.All.GetValueOrDefault(name), MapMethods.All.GetValueOrDefault(name), ListMethods.All.GetValueOrDefault(name));

    /// <summary>What a name means on each kind of value; null where nothing.</summary>
    public readonly record struct Set(Method? Text, Method? Map, Method? List)
    {
        public Method? For(ValueKind kind) => kind switch
        {
            ValueKind.Text => Text,
            ValueKind.Map => Map,
            ValueKind.List => List,
            _ => null,
        };
    }
}
