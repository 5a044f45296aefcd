using System.Runtime.InteropServices;

namespace Sputnik.Bench;

/// <summary>The peer: OpenBLAS's row-major sgemm. Source: its cblas.h.</summary>
internal static unsafe partial class OpenBlas
{
    private const string Library = "libopenblas.so.0";
    private const int RowMajor = 101;
    private const int NoTranspose = 111;
    private const int Transpose = 112;

    /// <summary>Whether the library is installed.</summary>
    public static bool Found => NativeLibrary.TryLoad(Library, out _);

    /// <summary>Version, options and the kernels it has chosen.</summary>
    public static string Configuration => Marshal.PtrToStringUTF8(Config()) ?? Library;

    /// <summary>Threads of the calls that follow.</summary>
    [LibraryImport(Library, EntryPoint = "openblas_set_num_threads")]
    public static partial void SetThreads(int threads);

    /// <summary>y [rows, out] = x [rows, in] · wᵀ.</summary>
    public static void Forward(int rows, int @out, int @in, float* x, float* w, float* y) =>
        Sgemm(RowMajor, NoTranspose, Transpose, rows, @out, @in, 1, x, @in, w, @in, 0, y, @out);

    /// <summary>dx [rows, in] += dy [rows, out] · w.</summary>
    public static void InputGradient(int rows, int @out, int @in, float* dy, float* w, float* dx) =>
        Sgemm(RowMajor, NoTranspose, NoTranspose, rows, @in, @out, 1, dy, @out, w, @in, 1, dx, @in);

    /// <summary>dw [out, in] += dyᵀ · x.</summary>
    public static void WeightGradient(int rows, int @out, int @in, float* dy, float* x, float* dw) =>
        Sgemm(RowMajor, Transpose, NoTranspose, @out, @in, rows, 1, dy, @out, x, @in, 1, dw, @in);

    [LibraryImport(Library, EntryPoint = "cblas_sgemm")]
    private static partial void Sgemm(
        int order, int transA, int transB, int m, int n, int k, float alpha, float* a, int lda, float* b, int ldb, float beta, float* c, int ldc);

    [LibraryImport(Library, EntryPoint = "openblas_get_config")]
    private static partial nint Config();
}
