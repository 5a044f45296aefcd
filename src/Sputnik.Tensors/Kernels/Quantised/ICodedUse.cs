namespace Sputnik.Tensors;

/// <summary>Something done with a coded format known at run time: <see cref="CodedFormats.Apply"/>.</summary>
internal interface ICodedUse
{
    /// <summary>Does it; the JIT compiles the body once for each format.</summary>
    void With<TFormat, TCodes, TScales>()
        where TFormat : unmanaged, ICodedFormat<TFormat>
        where TCodes : unmanaged, ICodes<TCodes>
        where TScales : struct, IScales;
}
