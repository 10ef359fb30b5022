"""Words in, the same words out, in signs that pdfLaTeX can set: any other sign stops a PDF.

Sphinx gives pdfLaTeX a few signs (✔ ✖ →) and none of the pictures with which logs mark what is
done. Letters of other scripts are left alone: whoever writes them chooses an engine that has them.
"""

import re
import unicodedata

__all__ = ["for_pdflatex"]

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

SPECIAL = re.compile("[^\x00-\u024f\u0370-\u1fff\u2010-\u2027\u2030-\u205e]")
"""Anything that may be such a sign: no Latin, Greek or Cyrillic letter, no common punctuation."""


def for_pdflatex(text: str) -> str:
    """Replace signs: by one of the same meaning, else by the name of the sign in brackets."""
    return SPECIAL.sub(lambda found: _sign(found[0]), text) if not text.isascii() else text


def _sign(char: str) -> str:
    if char in SIGNS:
        return SIGNS[char]
    if char in KNOWN or unicodedata.category(char)[0] not in "SC":
        return char
    if "\u2500" <= char <= "\u257f":  # lines of a drawn tree or table
        return "+"
    if "\u2580" <= char <= "\u259f":  # bars of a drawn chart
        return "#"
    name = unicodedata.name(char, f"U+{ord(char):04X}")
    return f"[{name.casefold()}]"
