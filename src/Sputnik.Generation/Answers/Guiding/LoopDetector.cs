namespace Sputnik.Generation;

/// <summary>
/// Notices that a sequence says the same over and over: its last <see cref="Repeated"/> tokens each equal the one a period
/// before, for some period up to <see cref="MostPeriod"/>.
/// </summary>
/// <remarks>
/// Counted lists and tables are spared: their rows differ in a number at least. 64 tokens are two or three sentences, as
/// long as the loops are that reasoning models fall into; 256 are at least five times the same, more than any answer needs.
/// </remarks>
internal sealed class LoopDetector
{
    /// <summary>Longest stretch whose repetition is noticed.</summary>
    public const int MostPeriod = 64;

    /// <summary>Tokens that must have repeated.</summary>
    public const int Repeated = 256;

    private readonly int[] _last = new int[MostPeriod]; // a ring
    private readonly int[] _runs = new int[MostPeriod]; // [period − 1] → tokens in a row that equal the one a period before
    private int _count;

    /// <summary>Whether the sequence loops after this token.</summary>
    public bool Push(int token)
    {
        bool loops = false;
        for (int period = 1; period <= Math.Min(MostPeriod, _count); period++)
        {
            bool same = _last[(_count - period) % MostPeriod] == token;
            _runs[period - 1] = same ? _runs[period - 1] + 1 : 0;
            loops |= _runs[period - 1] >= Repeated;
        }

        _last[_count++ % MostPeriod] = token;
        return loops;
    }
}
