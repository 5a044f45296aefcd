namespace Sputnik.Tensors;

/// <summary>D for 256 values, s for 16: Q3_K, Q6_K.</summary>
internal readonly struct SuperScales16 : IScales
{
    public static int Runs => 8;

    public static int Parts => 2;

    public static bool HasMin => false;

    public static bool Brain => false;
}
