namespace Sputnik.Tensors;

/// <summary>D and M for 32 values: Q4_1, Q5_1.</summary>
internal readonly struct FlatMinScales : IScales
{
    public static int Runs => 1;

    public static int Parts => 0;

    public static bool HasMin => true;

    public static bool Brain => false;
}
