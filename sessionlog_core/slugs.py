"""Words in, a part of a key out: `[a-z0-9.-]+`, the same for the same words, or empty."""

import unicodedata

from sessionlog_core.patterns import later

__all__ = ["slug", "unique"]

LENGTH = 48
"""Letters of a slug at most; it ends with a whole word."""

NO_PART = later(r"[^a-z0-9.]+")
LONE_DOTS = later(r"(?<![0-9])\.+|\.+(?![0-9])")
DASHES = later(r"-{2,}")


def slug(text: str, limit: int = LENGTH) -> str:
    """Give `text` as a part of a key: small letters, figures, dots between figures, and dashes."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    if not plain.isascii():
        plain = "".join([c for c in plain if not unicodedata.combining(c)])
    plain = NO_PART.sub("-", plain)
    if "." in plain:
        plain = DASHES.sub("-", LONE_DOTS.sub("-", plain))
    plain = plain.strip("-")
    if len(plain) > limit:
        plain = plain[: limit + 1].rpartition("-")[0] or plain[:limit]
    return plain


def unique(key: str, taken: dict[str, int]) -> str:
    """Give `key`, or with a number behind it where it is `taken`; it is taken from now on."""
    free, count = key, taken.get(key, 0)
    while free in taken:
        count += 1
        free = f"{key}.{count}"
    taken[key] = max(count, 1)
    taken.setdefault(free, 1)
    return free
