"""Words in, the same words out, in signs that pdfLaTeX can set: any other sign stops a PDF.

Sphinx gives pdfLaTeX a few signs (✔ ✖ →) and none of the pictures with which logs mark what is
done. Of letters it has the Latin ones, Greek and Cyrillic where `latex_elements` loads their fonts,
and no others: whoever wants those in a book sets `latex_engine` to `xelatex` or `lualatex`.
"""

import unicodedata
from collections.abc import Callable

from sessionlog_core.patterns import later

__all__ = ["LEFT_OUT", "speller"]

SIGNS = {
    "✅": "✔",
    "☑": "[x]",
    "☒": "[x]",
    "🗹": "[x]",
    "☐": "[ ]",
    "⬜": "[ ]",
    "🔲": "[ ]",
    "❌": "✖",
    "❎": "✖",
    "✗": "✕",
    "✘": "✖",
    "⚠": "(!)",
    "❗": "!",
    "❓": "?",
    "′": "'",
    "″": '"',
    "≥": ">=",
    "≤": "<=",
    "≈": "~",
    "≠": "!=",
    "−": "-",
    "⇒": "=>",
    "⇐": "<=",
    "⇔": "<=>",
    "↔": "<->",
    "⟶": "→",
    "➜": "→",
    "➔": "→",
    "➡": "→",
    "▶": "→",
    "►": "→",
    "★": "*",
    "☆": "*",
    "⭐": "*",
    "●": "•",
    "○": "o",
    "■": "•",
    "▪": "•",
    "◆": "•",
    "▸": "•",
    "\N{VARIATION SELECTOR-16}": "",
    "\N{VARIATION SELECTOR-15}": "",
    "\N{ZERO WIDTH JOINER}": "",
    "\N{ZERO WIDTH NON-JOINER}": "",
}
"""Signs that have a simpler one of the same meaning."""

KNOWN = frozenset("→‣✓✔✕✖∞±⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉€™←↑↓№℃Ω─│└├╲")
"""Signs that Sphinx or LaTeX itself sets."""

SPECIAL = later("[^\x00-\u024f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a]+")
"""Anything that may be such a sign: no Latin letter and no common punctuation."""

SCRIPTS = (
    ("LGR", "\u0370", "\u03ff"),
    ("LGR", "\u1f00", "\u1fff"),
    ("X2", "\u0400", "\u04ff"),
    ("T2A", "\u0400", "\u04ff"),
)
"""Encoding of a font that `fontenc` may load; first and last letter that it has."""

LEFT_OUT = "[…]"
"""What stands for words in letters that cannot be set."""


def speller(fontenc: str) -> Callable[[str], str]:
    """Make the function for a book whose fonts are loaded by `fontenc`.

    A sign becomes one of the same meaning, else its name in brackets.
    """
    scripts = [(first, last) for name, first, last in SCRIPTS if name in fontenc]

    def spell(text: str) -> str:
        return (
            text if text.isascii() else SPECIAL.sub(lambda found: _spell(found[0], scripts), text)
        )

    return spell


def _spell(run: str, scripts: list[tuple[str, str]]) -> str:
    out: list[str] = []
    for char in run:
        sign = _sign(char, scripts)
        if sign != LEFT_OUT or out[-1:] != [LEFT_OUT]:
            out.append(sign)
    return "".join(out)


def _sign(char: str, scripts: list[tuple[str, str]]) -> str:
    if char in SIGNS:
        return SIGNS[char]
    if char in KNOWN or any(first <= char <= last for first, last in scripts):
        return char
    name = unicodedata.name(char, f"U+{ord(char):04X}")
    if name.startswith("GREEK ") and " LETTER " in name:
        word = name.split(" LETTER ")[1].split(" WITH ")[0]
        return word.capitalize() if "CAPITAL" in name else word.casefold()
    if unicodedata.category(char)[0] not in "SC":
        return LEFT_OUT
    if "\u2500" <= char <= "\u257f":  # lines of a drawn tree or table
        return "+"
    if "\u2580" <= char <= "\u259f":  # bars of a drawn chart
        return "#"
    return f"[{name.casefold()}]"
