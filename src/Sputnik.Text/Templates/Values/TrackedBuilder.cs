namespace Sputnik.Text.Templates;

/// <summary>Gathers texts with their origins, within the text budget of a run.</summary>
internal sealed class TrackedBuilder(TemplateRun run)
{
    private char[] _text = new char[64];
    private int[] _toggles = [];
    private int _toggleCount;

    public int Length { get; private set; }

    public void Append(TrackedText text) => Append(text, 0, text.Length);

    public void Append(TrackedText text, int start, int length)
    {
        int[] toggles = text.Toggles;
        if (toggles.Length == 0 || (toggles.Length == 1 && toggles[0] == 0))
        {
            Append(text.Text.AsSpan(start, length), toggles.Length == 1);
            return;
        }

        int at = start;
        int end = start + length;
        for (int i = 0; i <= toggles.Length && at < end; i++)
        {
            int next = i < toggles.Length ? Math.Min(toggles[i], end) : end;
            if (next > at)
            {
                Append(text.Text.AsSpan(at, next - at), i % 2 == 1);
                at = next;
            }
        }
    }

    public void Append(ReadOnlySpan<char> text, bool fromInput)
    {
        if (text.IsEmpty)
        {
            return;
        }

        Reserve(text.Length);
        Mark(fromInput);
        text.CopyTo(_text.AsSpan(Length));
        Length += text.Length;
    }

    public void Append(char c, bool fromInput) => Append([c], fromInput);

    public TrackedText ToText()
    {
        if (Length == 0)
        {
            return TrackedText.Empty;
        }

        return new(new string(_text, 0, Length), _toggleCount == 0 ? [] : _toggles.AsSpan(0, _toggleCount).ToArray());
    }

    private void Reserve(int more)
    {
        run.Charge(more);
        if (more > run.Limits.TextLength - Length)
        {
            throw run.Error($"A text grows over {run.Limits.TextLength} characters.");
        }

        if (Length + more > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(Length + more, 2 * _text.Length));
        }
    }

    private void Mark(bool fromInput)
    {
        if (fromInput == (_toggleCount % 2 == 1))
        {
            return;
        }

        if (_toggleCount == _toggles.Length)
        {
            Array.Resize(ref _toggles, Math.Max(4, 2 * _toggleCount));
        }

        _toggles[_toggleCount++] = Length;
    }
}
