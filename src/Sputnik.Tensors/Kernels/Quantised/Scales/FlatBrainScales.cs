namespace Sputnik.Tensors;

/// <summary>D for 32 values, in bfloat16: MXFP4, whose powers of two leave binary16.</summary>
internal readonly struct FlatBrainScales : IScales
{
    public static int Runs => 1;

    public static int Parts => 0;

    public static bool HasMin => false;

    public static bool Brain => true;
}
