namespace Sputnik.Tensors;

/// <summary>D and M for 256 values, s and m for 16: Q2_K.</summary>
internal readonly struct SuperMinScales16 : IScales
{
    public static int Runs => 8;

    public static int Parts => 2;

    public static bool HasMin => true;

    public static bool Brain => false;
}
