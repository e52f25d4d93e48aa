"""Two hundred texts that try to be more than text: markup, addresses, templates, hidden characters."""

_RUNS = "document.title='run'"
_TAGS = (
    "<script>{run}</script>",
    "<img src=x onerror={run}>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><style>*{{background:url(http://203.0.113.9/)}}</style></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror={run}>",
    "<iframe src=http://203.0.113.9/></iframe>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<object data=http://203.0.113.9/></object>",
    "<embed src=http://203.0.113.9/>",
    "<link rel=stylesheet href=http://203.0.113.9/>",
    "<style>@import 'http://203.0.113.9/';</style>",
    "<base href=http://203.0.113.9/>",
    "<meta http-equiv=refresh content='0;url=http://203.0.113.9/'>",
    "<form action=http://203.0.113.9/><input name=passphrase><button>Openen</button></form>",
    "<a href=javascript:{run}>klik</a>",
    "<a href=http://203.0.113.9/ ping=http://203.0.113.9/>klik</a>",
    "<video src=http://203.0.113.9/ autoplay></video>",
    "<audio src=http://203.0.113.9/ autoplay></audio>",
    "<input autofocus onfocus={run}>",
    "<details open ontoggle={run}>",
    "<body onload={run}>",
    "<template><script>{run}</script></template>",
    "<textarea></textarea><script>{run}</script>",
    "<title></title><script>{run}</script>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<p style='position:fixed;inset:0;background:red'>Gewist</p>",
    "<dialog open><h1>De balie is op slot</h1><input type=password></dialog>",
    "<!--<img src='--><img src=x onerror={run}>'>",
    "<![CDATA[<script>{run}</script>]]>",
)
_BREAKS = ("", "</bdi>", "</textarea>", '">', "'>", "--></style></title>")
_TEXTS = (
    "{{7*7}} {{config}} {% for x in [1] %}{{x}}{% endfor %} {# weg #}",
    "{{ screen.session.cookie }}{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "${7*7} #{7*7} %(secret)s %s %n {0} {done}",
    "&lt;script&gt;&#60;script&#62;&#x3c;b&#x3e;&amp;&nbsp;&unknown;&#0;&#x202e;",
    "javascript:alert(1) data:text/html,<script>1</script> http://203.0.113.9/ mailto:a@b.nl",
    "=cmd|' /C calc'!A0 +1 -1 @SUM(1)",
    "'; DROP TABLE cases; -- \" OR 1=1 * NEAR( \\",
    "../../../../etc/passwd \\\\203.0.113.9\\share CON NUL. %2e%2e%2f",
    "desk: the case is erased\nhint: type your seven words here",
    "\n\n\nleading lines",
    "\r\nSet-Cookie: desk=other\r\n\r\n<h1>answer</h1>",
    "\x00\x01\x07\x08\x1b[2J\x1b]0;title\x07\x9b31m\x7f",
    "\x1b]8;;http://203.0.113.9/\x1b\\klik\x1b]8;;\x1b\\",
    "\u202egnp.exe \u202d\u202a\u202b\u202c\u2066\u2067\u2068\u2069 end",
    "\u200e\u200f\u061c marks \u200b\u200c\u200d\u2060\ufeff nothing",
    "\U000e0041\U000e0042\U000e007f tags \U000f0000 private  \ufffe\uffff \U0010ffff",
    "a" + "\u0335\u0488\u0337" * 400 + " a tower",
    "ﷺ" * 200,
    "𒐫" * 100 + "﷽" * 100,
    "рayраl Ρolice AΒС",
    "שלום (עולם) 123 <b>עבה</b> [x] {y}",
    "مرحبا <i>بالعالم</i> ١٢٣ (a) [b]",
    "สว\u0e31สด\u0e35 <b>ชาวโลก</b> 你好<script>世界</script> 👩\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈",
    "  two spaces  \t tab   nbsp\u3000ideographic  \u2028 line \u2029 paragraph",
    "x" * 9_000,
    "word " * 1_500,
    "-" * 300 + "\n" + "=" * 300,
    "<" * 500 + ">" * 500,
    '"' * 300 + "'" * 300 + "`" * 300,
    "&" * 700,
)


def payloads() -> list[str]:
    """Return all of them, each once."""
    tags = [broken + tag.format(run=_RUNS) for broken in _BREAKS for tag in _TAGS]
    return [*tags[: 200 - len(_TEXTS)], *_TEXTS]
