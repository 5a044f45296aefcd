namespace Sputnik.Tensors;

/// <summary>One product of a group, cut into runs of panels that threads take one at a time.</summary>
internal readonly unsafe struct QuantTask
{
    // What a run of panels should read, or compute as long as reading would take: some microseconds beside which taking it
    // costs little.
    private const long RunBytes = 48 << 10;

    private readonly PanelPart _part;
    private readonly delegate*<in PanelPart, void> _kernel;
    private readonly long _panelBytes;
    private readonly int _panels;
    private readonly int _outputs;
    private readonly int _step;

    /// <summary>The product, its runs numbered from <paramref name="first"/> on.</summary>
    public QuantTask(in MatMulPart part, QuantisedRows x, Workers workers, int first)
    {
        QuantPanels panels = part.Weight.Panels(workers);
        _part = new()
        {
            Panel = panels.Panel(0),
            Blocks = part.Weight.In / panels.Kernel.BlockValues,
            Levels = panels.Kernel.Levels,
            LevelCount = panels.Kernel.LevelCount,
            Offset = panels.Kernel.Offset,
            X = x.Codes(0),
            Scales = x.Scales(0),
            Sums = x.Sums(0),
            Cols = x.Cols,
            Rows = part.Rows,
            Y = part.Output,
            YRow = part.Weight.Out,
        };
        _kernel = part.Rows == 1 ? panels.Kernel.OneRow : panels.Kernel.ManyRows;
        _panelBytes = panels.PanelBytes;
        _panels = panels.Count;
        _outputs = part.Weight.Out;
        _step = (int)Math.Clamp(RunBytes / (_panelBytes * part.Rows), 1, panels.Count);
        First = first;
        End = first + ((panels.Count + _step - 1) / _step);
    }

    /// <summary>Number of the first run in the group's count.</summary>
    public int First { get; }

    /// <summary>Number after the last run.</summary>
    public int End { get; }

    /// <summary>Computes a run by its number in the group.</summary>
    public void Run(int index)
    {
        int panel = (index - First) * _step;
        int end = Math.Min(panel + _step, _panels);
        PanelPart part = _part;
        for (; panel < end; panel++)
        {
            part.Panel = _part.Panel + (panel * _panelBytes);
            part.Y = _part.Y + (panel * QuantPanels.Rows);
            part.Outputs = Math.Min(QuantPanels.Rows, _outputs - (panel * QuantPanels.Rows));
            _kernel(part);
        }
    }
}
