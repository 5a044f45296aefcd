using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>From stored rows to a panel.</summary>
internal static unsafe class PanelPacking<TFormat, TCodes, TScales>
    where TFormat : unmanaged, ICodedFormat<TFormat>
    where TCodes : unmanaged, ICodes<TCodes>
    where TScales : struct, IScales
{
    private const int TileBytes = QuantPanels.Rows * QuantisedRows.RunValues;

    /// <summary>Packs up to 16 rows; those that are missing become zeros.</summary>
    public static void Run(byte* rows, long rowBytes, int count, byte* panel, long panelBytes)
    {
        if (count < QuantPanels.Rows)
        {
            new Span<byte>(panel, checked((int)panelBytes)).Clear();
        }

        BlockParts parts = default;
        byte* tiles = stackalloc byte[TScales.Runs * TileBytes];
        new Span<byte>(tiles, TScales.Runs * TileBytes).Clear();
        for (long at = 0; at < rowBytes; at += TFormat.BlockBytes)
        {
            for (int row = 0; row < count; row++)
            {
                TFormat.Split(rows + (row * rowBytes) + at, &parts);
                ScalePlaces<TScales>.Store(&parts, row, panel);
                for (int run = 0; run < TScales.Runs; run++)
                {
                    byte* from = parts.Codes + (run * QuantisedRows.RunValues);
                    byte* to = tiles + (run * TileBytes) + (row * QuantisedRows.RunValues);

                    // In halves: codes were written in halves, and a wider load would wait until they are in cache.
                    Vector128.Load(from).Store(to);
                    Vector128.Load(from + 16).Store(to + 16);
                }
            }

            panel += ScalePlaces<TScales>.Bytes;
            for (int run = 0; run < TScales.Runs; run++)
            {
                TCodes.Store(tiles + (run * TileBytes), panel);
                panel += TCodes.Bytes;
            }
        }
    }
}
