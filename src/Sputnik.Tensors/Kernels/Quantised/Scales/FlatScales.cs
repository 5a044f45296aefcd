namespace Sputnik.Tensors;

/// <summary>D for 32 values: Q4_0, Q5_0, Q8_0, IQ4_NL.</summary>
internal readonly struct FlatScales : IScales
{
    public static int Runs => 1;

    public static int Parts => 0;

    public static bool HasMin => false;

    public static bool Brain => false;
}
