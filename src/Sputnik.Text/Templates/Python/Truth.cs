namespace Sputnik.Text.Templates;

/// <summary>Python's truth of a value.</summary>
internal static class Truth
{
    public static bool Of(TemplateValue value) => value.Kind switch
    {
        ValueKind.Undefined or ValueKind.None => false,
        ValueKind.Bool or ValueKind.Int => value.Int != 0,
        ValueKind.Float => value.Float != 0,
        ValueKind.Text => value.Text.Length > 0,
        ValueKind.List => value.List.Count > 0 || value.List.Form == ListForm.Generator,
        ValueKind.Map => value.Map.Count > 0,
        _ => true,
    };
}
