using System.Text.Json;
using Sputnik.Text.Templates;

namespace Sputnik.Text;

/// <summary>
/// A value that a template can see: one of a closed set, so that nothing of the host is in reach. Each value knows
/// whether it came from input; texts know it of every character.
/// </summary>
public readonly struct TemplateValue
{
    private readonly long _bits;
    private readonly IPayload? _payload;
    private readonly bool _fromInput;

    private TemplateValue(ValueKind kind, long bits, IPayload? payload, bool fromInput)
    {
        Kind = kind;
        _bits = bits;
        _payload = payload;
        _fromInput = fromInput;
    }

    /// <summary>Python's None, JSON's null.</summary>
    public static TemplateValue None { get; } = new(ValueKind.None, 0, null, fromInput: false);

    internal ValueKind Kind { get; }

    /// <summary>Some of what this prints came from input.</summary>
    internal bool FromInput => _payload is TrackedText text ? !text.IsTrusted : _fromInput;

    internal bool IsNumber => Kind is ValueKind.Bool or ValueKind.Int or ValueKind.Float;

    internal bool IsInteger => Kind is ValueKind.Bool or ValueKind.Int;

    internal bool Bool => _bits != 0;

    internal long Int => _bits;

    /// <summary>The number of a bool, an integer or a float.</summary>
    internal double Float => Kind == ValueKind.Float ? BitConverter.Int64BitsToDouble(_bits) : _bits;

    internal TrackedText Text => Payload<TrackedText>();

    internal ListValue List => Payload<ListValue>();

    internal MapValue Map => Payload<MapValue>();

    internal LoopValue Loop => Payload<LoopValue>();

    internal ICallable Callable => Payload<ICallable>();

    /// <summary>Why an undefined value is undefined.</summary>
    internal string Missing => _payload is MissingName missing ? missing.Reason : "The value is undefined";

    /// <summary>A text of a message, a tool or a setting: no character of it counts as the template's.</summary>
    public static TemplateValue Input(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Of(TrackedText.Of(text, fromInput: true));
    }

    /// <summary>A text to be trusted as if the template's author had written it: bos_token, eos_token.</summary>
    public static TemplateValue Trusted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Of(TrackedText.Of(text, fromInput: false));
    }

    /// <summary>A flag of the host.</summary>
    public static TemplateValue Of(bool value) => new(ValueKind.Bool, value ? 1 : 0, null, fromInput: false);

    /// <summary>A number of the host.</summary>
    public static TemplateValue Of(long value) => new(ValueKind.Int, value, null, fromInput: false);

    /// <summary>A number of the host.</summary>
    public static TemplateValue Of(double value) => new(ValueKind.Float, BitConverter.DoubleToInt64Bits(value), null, fromInput: false);

    /// <summary>A JSON value as Python's json.loads reads it. All of it, keys too, counts as input.</summary>
    /// <exception cref="ArgumentException">The element is undefined.</exception>
    public static TemplateValue FromJson(JsonElement element) => JsonInput.Read(element);

    internal static TemplateValue Of(TrackedText text) => new(ValueKind.Text, 0, text, fromInput: false);

    internal static TemplateValue Of(ListValue list, bool fromInput = false) => new(ValueKind.List, 0, list, fromInput);

    internal static TemplateValue Of(MapValue map, bool fromInput = false) => new(ValueKind.Map, 0, map, fromInput);

    internal static TemplateValue Of(LoopValue loop) => new(ValueKind.Loop, 0, loop, fromInput: false);

    internal static TemplateValue Of(ICallable callable) => new(ValueKind.Callable, 0, callable, fromInput: false);

    internal static TemplateValue NamespaceOf(MapValue map) => new(ValueKind.Namespace, 0, map, fromInput: false);

    internal static TemplateValue Undefined(MissingName missing) => new(ValueKind.Undefined, 0, missing, fromInput: false);

    /// <summary>The same value, marked as input where <paramref name="fromInput"/> says so; texts keep what they know.</summary>
    internal TemplateValue From(bool fromInput) => new(Kind, _bits, _payload, _fromInput || fromInput);

    private T Payload<T>() where T : class, IPayload =>
        _payload as T ?? throw new InvalidOperationException($"A {Kind} was read as {typeof(T).Name}.");
}
