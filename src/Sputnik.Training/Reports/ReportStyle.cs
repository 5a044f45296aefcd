namespace Sputnik.Training;

/// <summary>The look of a report: one accent colour, much room, figures of equal width, light and dark, one column on a phone.</summary>
internal static class ReportStyle
{
    public const string Css =
        """
        :root{color-scheme:light dark;--ground:#fff;--raised:#f6f7f9;--ink:#15181d;--soft:#5d6672;--line:#e3e6ea;--accent:#2b59d9;--good:#16794c;--bad:#b3372f}
        @media(prefers-color-scheme:dark){:root{--ground:#101216;--raised:#191c22;--ink:#e8eaee;--soft:#9aa3af;--line:#2a2f37;--accent:#7d9dff;--good:#5cc795;--bad:#ef8a80}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
        main{max-width:1120px;margin:0 auto;padding:56px 24px 96px}
        h1{font-size:clamp(28px,5vw,40px);line-height:1.15;letter-spacing:-.02em;margin:0 0 8px}
        h2{font-size:22px;line-height:1.3;letter-spacing:-.01em;margin:72px 0 8px}
        h3{font-size:16px;margin:32px 0 8px}
        p{margin:0 0 16px;max-width:70ch}
        .lead,.soft{color:var(--soft)}
        .lead{font-size:18px;margin-bottom:40px}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:16px;margin:0 0 24px}
        .tile{background:var(--raised);border-radius:12px;padding:18px 20px}
        .tile span{display:block;color:var(--soft);font-size:14px}
        .tile b{display:block;font-size:25px;line-height:1.35;white-space:nowrap;letter-spacing:-.02em;font-weight:650}
        .tile b.accent{color:var(--accent)}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:40px 40px;margin:24px 0}
        figure{margin:0;min-width:0}
        figcaption{display:flex;flex-wrap:wrap;gap:2px 16px;justify-content:space-between;font-size:14px;margin-bottom:6px}
        .legend{display:flex;flex-wrap:wrap;gap:0 14px;color:var(--soft)}
        .key::before{content:"";display:inline-block;width:18px;margin-right:6px;vertical-align:middle;border-top:2.5px solid var(--accent)}
        .key.dashed::before{border-top-style:dashed}
        .key.quiet::before{border-color:var(--soft)}
        svg{display:block;width:100%;height:auto;overflow:visible;font:11.5px system-ui,sans-serif}
        svg text{fill:var(--soft)}
        .grid{stroke:var(--line)}
        .ty,.lx{text-anchor:end}
        .tx{text-anchor:middle}
        svg path,.bar{fill:none;stroke:var(--accent);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
        .dashed path{stroke-dasharray:5 4}
        .quiet path{stroke:var(--soft);stroke-width:1.5}
        g .bar{stroke-width:1;stroke-dasharray:none}
        .dot{fill:var(--accent)}
        .quiet .dot{fill:var(--soft)}
        .dashed .dot{fill:var(--ground);stroke:var(--accent);stroke-width:1.5}
        .hover{fill:transparent}
        .hover:hover{fill:var(--accent);fill-opacity:.25}
        .wide{overflow-x:auto;margin:16px 0 24px}
        table{border-collapse:collapse;width:100%;font-size:14.5px}
        th,td{padding:9px 10px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
        th{color:var(--soft);font-weight:500;font-size:14px}
        th:first-child,td:first-child{text-align:left;padding-left:0}
        td.words{text-align:left;white-space:normal;min-width:16ch}
        th.words{text-align:left}
        tr.total td{font-weight:650;border-bottom:0}
        .good{color:var(--good)}
        .bad{color:var(--bad)}
        .case{border-top:1px solid var(--line);padding:28px 0}
        .case h3{margin:0 0 4px;white-space:pre-wrap;overflow-wrap:anywhere}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:20px 32px;margin-top:14px}
        .pair h4{margin:0 0 6px;font-size:14px;font-weight:600}
        pre{margin:0;background:var(--raised);border-radius:10px;padding:14px 16px;font:13.5px/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere;max-height:26em;overflow-y:auto}
        .final pre{box-shadow:inset 3px 0 0 var(--accent)}
        dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:8px 28px;margin:16px 0 24px}
        dt{color:var(--soft)}
        dd{margin:0;overflow-wrap:anywhere}
        details{margin:12px 0}
        summary{cursor:pointer;color:var(--accent)}
        summary+*{margin-top:12px}
        @media(max-width:560px){main{padding:32px 18px 64px}h2{margin-top:56px}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:10px}.tiles{grid-template-columns:1fr 1fr;gap:10px}.tile{padding:14px 14px}.tile b{font-size:20px}}
        @media print{.hover{display:none}pre{max-height:none}}
        """;
}
