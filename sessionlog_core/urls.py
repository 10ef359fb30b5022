"""A link of a log in, the same link out if it is one that a page may carry, else None."""

from html import unescape

from sessionlog_core.patterns import later

SCHEMES = frozenset({"http", "https", "mailto"})
"""The only schemes that a page may carry; a link without a scheme is relative and allowed."""

_CONTROLS = later(r"[\x00-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_SCHEME = later(r"([^:/?#\\]*):")
_WITHIN = later(r"(?!//)[A-Za-z0-9#./_-]*")
"""An address within a site: no scheme, no host and no sign that a browser would drop."""


def safe(href: str) -> str | None:
    r"""Give `href` without control characters, or None where its scheme is not on the list.

    Browsers drop tabs, newlines and leading controls before they read the scheme, so they are
    dropped here first. A link to another host without a scheme (`//host`, `\\host`) is refused:
    it would leave the site unseen.
    """
    if _WITHIN.fullmatch(href):  # nearly all of a site's own, and ten times as fast
        return href
    cleaned = _CONTROLS.sub("", href).strip()
    # Whoever writes it out may forget to escape an ampersand: what it would become counts as well.
    for form in (cleaned, _CONTROLS.sub("", unescape(cleaned)).strip()):
        if form.replace("\\", "/").startswith("//"):
            return None
        scheme = _SCHEME.match(form)
        if scheme and scheme[1].lower() not in SCHEMES:
            return None
    return cleaned
