using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>What becomes of a result: a value forward, a term of a gradient on the way back. One traversal serves both.</summary>
internal unsafe interface IInto
{
    /// <summary>Puts one value.</summary>
    static abstract void Put(float value, float* at);

    /// <summary>Puts sixteen.</summary>
    static abstract void Put(Vector512<float> value, float* at);
}

/// <summary>at = value.</summary>
internal readonly unsafe struct Write : IInto
{
    public static void Put(float value, float* at) => *at = value;

    public static void Put(Vector512<float> value, float* at) => value.Store(at);
}

/// <summary>at += value.</summary>
internal readonly unsafe struct Gather : IInto
{
    public static void Put(float value, float* at) => *at += value;

    public static void Put(Vector512<float> value, float* at) => (Vector512.Load(at) + value).Store(at);
}
