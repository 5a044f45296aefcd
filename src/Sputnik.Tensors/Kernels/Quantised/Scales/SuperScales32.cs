namespace Sputnik.Tensors;

/// <summary>D for 256 values, s for 32: IQ4_XS.</summary>
internal readonly struct SuperScales32 : IScales
{
    public static int Runs => 8;

    public static int Parts => 1;

    public static bool HasMin => false;

    public static bool Brain => false;
}
