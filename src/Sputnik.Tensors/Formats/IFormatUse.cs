namespace Sputnik.Tensors;

/// <summary>Something done with a format known at run time, written once for all of them: <see cref="WeightFormats.Apply"/>.</summary>
internal interface IFormatUse
{
    /// <summary>Does it; the JIT compiles the body once for each format.</summary>
    void With<TFormat>()
        where TFormat : unmanaged, IBlockFormat<TFormat>;
}
