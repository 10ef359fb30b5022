"""The HTML of a generated page in, the same words in few elements out, for the search of the host.

The search plugins of MkDocs and of Material take every page apart again, element by element, which
takes longer than making it. Of our own pages we know where the headings are and which HTML stands
between: we hand out the words.
"""

import json
import re
from collections.abc import Set

from sessionlog_core.patterns import later

__all__ = ["light", "without"]

_KEPT = later(r"(<h[1-6] [^<>]*\bid=.*?</h[1-6]>)", re.DOTALL)
"""What a search goes by: headings that have an id."""

_BETWEEN_PAGES = later(r'<p class="sessionlog-nav">.*?</p>')
"""Ways to other pages: words that say nothing of this one."""

_WITHIN = later(r"</?(?:a|code|del|em|span|strong|time)\b[^<>]*>")
"""Elements that stand within a word, or around one."""

_IMAGE = later(r'<img alt="([^"]*)"[^<>]*>')
"""An image, and its words."""

_TAG = later(r"<[^<>]*>")
"""Any other element.

Our writer escapes these signs in words and in values of attributes.
"""


def light(html: str) -> str:
    """Give headings with their ids, and the words between them, a paragraph each."""
    parts = _KEPT.split(html)
    parts[::2] = [_words(part) for part in parts[::2]]
    return "".join(parts) or "<p></p>"


def _words(html: str) -> str:
    html = _WITHIN.sub("", _BETWEEN_PAGES.sub("", html))
    lines = _TAG.sub("\n", _IMAGE.sub(r"\n\1\n", html)).split("\n")
    words = " ".join(filter(None, map(str.strip, lines)))
    return f"<p>{words}</p>" if words else ""


def without(index: str, pages: Set[str]) -> str:
    """Give the index of MkDocs' own search, as it is written, without the entries of some pages.

    `pages` are their addresses. An index that was built for the browser beforehand stays as it is:
    it counts its entries.
    """
    data = json.loads(index)
    if "index" in data:
        return index
    data["docs"] = [x for x in data["docs"] if x["location"].partition("#")[0] not in pages]
    return json.dumps(data, sort_keys=True, separators=(",", ":"))
