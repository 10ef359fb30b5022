"""Hostile text in, a project whose logs hold it everywhere out, and a browser that looks at it.

Those of the repository are attacks that a page of its own kind has to withstand: each names what
it would do. Where more of them lie beside the repository, those are tried as well.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tests.browser import is_local
from tests.corpus import THREATS

BEACON = "http://beacon.invalid"

# ruff: noqa: E501  an attack is read best on one line

OWN: tuple[str, ...] = (
    # Elements
    '<iframe srcdoc="<script>parent.fired({n})</script>"></iframe>',
    '<iframe src="javascript:parent.fired({n})"></iframe>',
    '<math href="javascript:fired({n})">CLICK</math>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=fired({n})&gt;">',
    f"<style>@import url({BEACON}/{{n}}); body {{{{ display: none }}}}</style>",
    f"<link rel=stylesheet href={BEACON}/{{n}}>",
    f'<base href="{BEACON}/{{n}}/">',
    f'<img srcset="{BEACON}/{{n}} 1x">',
    f"<input type=image src={BEACON}/{{n}} onerror=fired({{n}})>",
    f"<a href=/ ping={BEACON}/{{n}}>CLICK</a>",
    "<body onload=fired({n}) onpageshow=fired({n})>",
    "</section></div></main></body><script>fired({n})</script>",
    "</script><script>fired({n})</script>",
    "--><script>fired({n})</script><!--",
    "]]><script>fired({n})</script>",
    "</code></pre><img src=x onerror=fired({n})>",
    "</textarea></title></style><svg/onload=fired({n})>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='fired({n})'/></svg>#x\"/></svg>",
    '<button style="position:fixed;inset:0" onclick=fired({n})>CLICK</button>',
    "<div contenteditable autofocus onfocusin=fired({n}) tabindex=0>HOVER</div>",
    "<script type=module>fired({n})</script>",
    "<?xml version='1.0'?><?php fired({n}) ?><% fired({n}) %>",
    # Links
    "[CLICK](java\tscript:fired({n}))",
    "[CLICK](&#x6A;avascript&colon;fired({n}))",
    "[CLICK](javascript&#0000058fired({n}))",
    "[CLICK](%6Aavascript:fired({n}))",
    "[CLICK](feed:javascript:fired({n}))",
    "[CLICK](view-source:javascript:fired({n}))",
    "[CLICK](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+)",
    "[CLICK](file:///etc/passwd)",
    "[CLICK](blob:http://127.0.0.1/x)",
    "[CLICK](/\\beacon.invalid/{n})",
    "[CLICK](\\\\\\\\beacon.invalid/{n})",
    "[CLICK](///beacon.invalid/{n})",
    "<javascript:fired({n})>",
    "[[javascript:fired({n})]]",
    '[CLICK](x "t\\" onmouseover=\\"fired({n})")',
    "[CLICK][r{n}]\n\n[r{n}]: <javascript:fired({n})> 'x\" onclick=\"fired({n})'",
    "Note[^{n}]\n\n[^{n}]: <img src=x onerror=fired({n})>",
    f"![x]({BEACON}/{{n}}.png)",
    "![x](//beacon.invalid/{n}.png)",
    f"![x][i{{n}}]\n\n[i{{n}}]: {BEACON}/{{n}}.png",
    f"[![x]({BEACON}/{{n}}.png)](javascript:fired({{n}}))",
    '![x" onerror="fired({n})](x.png)',
    # Words that a host, a theme or a program would take for orders
    "{{{{ k }}}} {{% include 'layout.html' %}} {{# x #}} {{{{ ''.__class__ }}}}",
    "`x`{{=html}} `<img src=x onerror=fired({n})>`{{=html}}",
    "```{{=html}}\n<img src=x onerror=fired({n})>\n```",
    "```{{eval-rst}}\n.. raw:: html\n\n   <img src=x onerror=fired({n})>\n```",
    "```{{raw}} html\n<img src=x onerror=fired({n})>\n```",
    '```html onclick=fired({n}) title="<img src=x onerror=fired({n})>"\nx\n```',
    '```mermaid\ngraph TD; A["<img src=x onerror=fired({n})>"] --> B; click A "javascript:fired({n})"\n```',
    '???+ note "<img src=x onerror=fired({n})>"\n    x',
    '=== "<img src=x onerror=fired({n})>"\n    x',
    "::: {{onclick=fired({n})}}\nx\n:::",
    '[CLICK](x){{: onclick="fired({n})" style="position:fixed;inset:0" }}',
    "![x](x.png){{ onerror=fired({n}) loading=eager }}",
    "[TOC]\n\n[[toc]]\n\n${{toc}}",
    ';--8<-- "mkdocs.yml"\n--8<-- "conf.py"\n--8<--\nmkdocs.yml\n--8<--',
    "%s %(x)s %d %n {{0}} {{x!r}} %{{n}}s",
    "\\input{{/etc/passwd}} \\write18{{id}} \\href{{javascript:fired({n})}}{{CLICK}}",
    "$$\\unicode{{<img src=x onerror=fired({n})>}}$$ \\(\\href{{javascript:fired({n})}}{{x}}\\)",
    "=cmd|' /C calc'!A0 @SUM(1+1) +1+1 -1+1",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e; &lt;img src=x onerror=fired({n})&gt;',
    "&amp;lt;img src=x onerror=fired({n})&amp;gt; &#60;img src=x onerror=fired({n})&#62;",
    "'\"`><img src=x onerror=fired({n})>{{n}}${{fired({n})}}",
    "constructor __proto__ hasOwnProperty toString",
    # reStructuredText
    ".. raw:: html\n\n   <img src=x onerror=fired({n})>",
    f".. raw:: html\n   :url: {BEACON}/{{n}}",
    ".. role:: raw-html(raw)\n   :format: html\n\n:raw-html:`<img src=x onerror=fired({n})>`",
    ".. |x{n}| raw:: html\n\n   <img src=x onerror=fired({n})>\n\n|x{n}|",
    ".. csv-table:: x\n   :file: /etc/passwd",
    ".. literalinclude:: /etc/passwd",
    f".. meta::\n   :http-equiv=refresh: 0; url={BEACON}/{{n}}",
    f'.. image:: {BEACON}/{{n}}.png\n   :alt: " onerror="fired({{n}})',
    '.. container:: " onclick=fired({n})\n\n   x',
    "`CLICK <javascript:fired({n})>`_ and `CLICK <java\tscript:fired({n})>`__",
)
"""Attacks of our own; `{n}` is the number of each, which what fires tells."""

FIRST = 2001

PLACES = {
    "heading": "## 2026-02-{day:02} - {source}\n\n- words of Cargo {n}\n",
    "field": "## 2026-02-{day:02} - Cargo {n}\n\n**Status:** {source}\n**Branch:** {source}\n\n- words\n",
    "metric": "## 2026-02-{day:02} - Cargo {n}\n\nTests: {source}\nCoverage: 80% {source}\n",
    "next-steps": "## 2026-02-{day:02} - Cargo {n}\n\n### Next steps\n\n- [ ] {source}\n",
    "table": "## 2026-02-{day:02} - Cargo {n}\n\n| a | b |\n|---|---|\n| {source} | x |\n",
    "file-list": "## 2026-02-{day:02} - Cargo {n}\n\n### Files\n\n- `{source}`\n- {source}\n",
}
"""Position of a payload -> a session that holds it there, on one line."""

BODY = "## 2026-02-{day:02} - Cargo {n}\n\n{source}\n\n### Decisions\n\n- {one_line}\n"

RST = "2026-03-{day:02} - Cargo {n}\n{line}\n\n{source}\n\n"

WORDS = ("cargo", "script", "CLICK")
"""What a search finds sessions with payloads by: their titles, and their words."""


def payloads() -> list[dict[str, Any]]:
    """Give number, position and source of every payload."""
    found: list[dict[str, Any]] = []
    if THREATS.is_dir():
        found += map(json.loads, (THREATS / "xss_payloads.jsonl").read_text("utf-8").splitlines())
    for number, source in enumerate(OWN, start=FIRST):
        found.append({"n": number, "position": "body", "source": source.format(n=number)})
    # The same attack where a title would carry it: to the table of contents, the search, feeds.
    for number, source in enumerate(OWN, start=FIRST + 1000):
        found.append({"n": number, "position": "heading", "source": source.format(n=number)})
    return found


def session(payload: Mapping[str, Any], number: int) -> str:
    """Write a session that holds a payload where its position says."""
    place = PLACES.get(payload["position"], BODY)
    source = payload["source"]
    one_line = " ".join(source.split())
    return place.format(
        day=number % 28 + 1,
        n=payload["n"],
        source=source if place is BODY else one_line,
        one_line=one_line,
    )


def hostile_project() -> dict[str, str]:
    """Give name -> text of logs and roadmap; the options say where the logs are."""
    rows = payloads()
    files = {
        "ROADMAP.md": "# Roadmap\n\n" + "".join(_roadmap(rows)),
        "sessionlog.toml": (
            'logs = ["session-log*.md", "logs/**/*.md", "logs/**/*.rst"]\nimages = "show"\n'
        ),
        **{f"logs/{number}/x.png": "no picture" for number in range(20)},
    }
    # Each in a file of its own: what begins in one must not swallow the next.
    for number, row in enumerate(rows):
        front = row["position"] in ("front-matter", "raw-html")
        files[f"logs/{number % 20}/session-log-{number}.md"] = (
            f"{row['source']}\n\n" if front else "# Session log\n\n"
        ) + session(row, number)
    for number, row in enumerate(rows):
        if row["position"] in ("body", "builder-markup"):
            words = RST.format(day=number % 28 + 1, n=row["n"], line="-" * 40, source=row["source"])
            files[f"logs/{number % 20}/session-log-{number}.rst"] = (
                f"Session log\n===========\n\n{words}"
            )
    name = "<img src=x onerror=fired(4001)>"
    front = f"---\ntitle: '{name}'\ntemplate: x.html\nhide: [navigation]\nsearch: {{exclude: true}}\n---\n"
    files[f"logs/{name}.md"] = f"{front}# {name}\n\n## 2026-02-01 - Cargo 4001\n\n- words\n"
    files['logs/" onmouseover="fired(4002)" x=\'{{7*191}}/session log.md'] = (
        "# Log\n\n## Session <b> - 2026-02-01: Cargo 4002\n\n- words\n"
    )
    files["logs/javascript:fired(4003).md"] = "# Log\n\n## 2026-02-01 - Cargo 4003\n\n- words\n"
    return files


def _roadmap(rows: list[dict[str, Any]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        source = " ".join(row["source"].split())
        yield f"## Milestone {source}\n\n" if number % 10 == 0 else f"- [ ] T{number} {source}\n"


PROVOKE = """() => {
    addEventListener("click", event => {
        const link = event.target.closest("a[href]");
        if (link && link.protocol !== "javascript:") event.preventDefault();
    }, true);
    const main = document.querySelector("article, [role=main]") || document.body;
    const shown = new Set([...main.querySelectorAll("img")].filter(x =>
        x.src.startsWith(location.origin + "/sessionlog/images/")
        && [...x.attributes].map(y => y.name).join() === "alt,class,loading,src"));
    for (const element of main.querySelectorAll("*")) {
        for (const name of ["mouseover", "mouseenter", "pointerover", "focus", "focusin", "click"])
            element.dispatchEvent(new MouseEvent(name, {bubbles: true, cancelable: true}));
        if (element.tagName === "DETAILS") element.open = true;
    }
    const odd = [...document.querySelectorAll("*")].flatMap(element =>
        [...element.attributes].filter(x => /^on/i.test(x.name)).map(x => x.name));
    const tags = [...main.querySelectorAll(
        "script, iframe, object, embed, form, base, meta, link, style, marquee, video, audio, img"
    )].filter(x => x.closest(".sessionlog, .sessionlog-section") && !shown.has(x)).map(x => x.tagName);
    const links = [...document.links].map(x => x.protocol)
        .filter(x => !["http:", "https:", "mailto:"].includes(x));
    const frame = [document.querySelectorAll("head title").length, document.querySelectorAll("body").length,
        document.querySelectorAll("base").length];
    return {odd: odd.filter(x => x !== "onload"), tags, links, frame};
}"""
"""Hovers, focuses and clicks everything; gives what no log may bring onto a page."""

HARMLESS = {"odd": [], "tags": [], "links": [], "frame": [1, 1, 0]}

RESULTS = """() => [...document.querySelectorAll("%s")].flatMap(element => [
    ...[...element.querySelectorAll("script, iframe, img, svg, object, style, base, form, input, video, audio, math")]
        .map(x => x.outerHTML),
    ...[...element.querySelectorAll("*")].flatMap(x => [...x.attributes])
        .filter(x => /^on/i.test(x.name)).map(x => x.name),
    ...[...element.querySelectorAll("a[href]")].map(x => x.protocol)
        .filter(x => !["http:", "https:", "mailto:"].includes(x))])"""
"""What is among results of a search that only markup could bring there."""


@contextmanager
def provoked(browser: Any) -> Iterator[tuple[Any, list[str]]]:
    """Open a tab, and give what fires in it and what it asks of others; none is answered."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    fired: list[str] = []
    context.expose_function("fired", lambda words: fired.append(f"fired: {words}"))
    context.add_init_script(
        "window.alert = window.confirm = window.prompt = x => fired(String(x));"
    )
    page = context.new_page()
    page.set_default_timeout(20_000)

    def answer(route: Any) -> None:
        if is_local(route.request.url):
            route.continue_()
        else:
            fired.append(f"asked: {route.request.url}")
            route.abort()

    page.route("**/*", answer)
    page.on("dialog", lambda dialog: (fired.append(dialog.message), dialog.dismiss()))
    yield page, fired
    context.close()
