"""Text in, the same text as it stands in HTML out: between tags, or in an attribute."""

from sessionlog_core.patterns import later

_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
_IN_TEXT = later("[&<>]")
_IN_ATTRIBUTES = later("[&<>\"']")

_IMPOSSIBLE = later("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What neither HTML nor XML may hold, in any spelling (https://www.w3.org/TR/xml/#charsets)."""

_ANY = later("[&<>\"'\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
IN_TEXT = later("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""All that is not written as it is: in an attribute, and between tags."""


def escape(text: str, *, quote: bool = True) -> str:
    """Write `text` for HTML and XML; without `quote` it is safe between tags only.

    What no document may hold is written as U+FFFD.
    """
    if (_ANY if quote else IN_TEXT).search(text) is None:  # nearly always, and four times as fast
        return text
    pattern = _IN_ATTRIBUTES if quote else _IN_TEXT
    return pattern.sub(lambda sign: _SIGNS[sign[0]], _IMPOSSIBLE.sub("\ufffd", text))
