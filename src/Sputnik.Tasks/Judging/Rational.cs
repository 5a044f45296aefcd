using System.Numerics;

namespace Sputnik.Tasks;

/// <summary>An exact fraction in lowest terms with a positive denominator. Its size is bounded by the text it came from.</summary>
internal readonly record struct Rational
{
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public static Rational operator +(Rational a, Rational b) =>
        new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) =>
        new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator *(Rational a, Rational b) =>
        new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>a / b; null where b is 0.</summary>
    public static Rational? Divide(Rational a, Rational b) =>
        b.Numerator.IsZero ? null : new Rational(a.Numerator * b.Denominator, a.Denominator * b.Numerator);
}
