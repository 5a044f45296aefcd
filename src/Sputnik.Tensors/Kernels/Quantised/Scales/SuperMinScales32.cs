namespace Sputnik.Tensors;

/// <summary>D and M for 256 values, s and m for 32: Q4_K, Q5_K.</summary>
internal readonly struct SuperMinScales32 : IScales
{
    public static int Runs => 8;

    public static int Parts => 1;

    public static bool HasMin => true;

    public static bool Brain => false;
}
