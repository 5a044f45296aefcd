namespace Sputnik.Tensors;

/// <summary>D for 256 values: TQ1_0, TQ2_0.</summary>
internal readonly struct SuperScales : IScales
{
    public static int Runs => 8;

    public static int Parts => 0;

    public static bool HasMin => false;

    public static bool Brain => false;
}
