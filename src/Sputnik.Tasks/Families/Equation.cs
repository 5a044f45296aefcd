namespace Sputnik.Tasks;

/// <summary>a·x + b = d·x + c; d is 0 where x stands on one side only, b may be negative.</summary>
internal readonly record struct Equation(int A, int B, int D, int C)
{
    public int Slope => A - D;

    /// <summary>c - b, with a negative b written as an addition.</summary>
    public string Subtraction => B < 0 ? $"{C}+{-B}" : $"{C}-{B}";

    /// <summary>Both sides with x put in: <c>8*2=16, 16+9=25, 3*2=6, 6+19=25</c>.</summary>
    public string Substitute(int x)
    {
        int product = A * x;
        string left = $"{A}*{x}={product}, {product}{Signed(B)}={product + B}";
        return D == 0 ? left : $"{left}, {D}*{x}={D * x}, {D * x}+{C}={(D * x) + C}";
    }

    public override string ToString() => D == 0 ? $"{A}*x{Signed(B)}={C}" : $"{A}*x{Signed(B)}={D}*x+{C}";

    private static string Signed(int value) => value < 0 ? $"-{-value}" : $"+{value}";
}
