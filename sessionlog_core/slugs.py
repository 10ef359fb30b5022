"""Words in, a part of a key out: `[a-z0-9.-]+`, the same for the same words, or empty."""

import re
import unicodedata

__all__ = ["slug"]

LENGTH = 48
"""Letters of a slug at most; it ends with a whole word."""


def slug(text: str, limit: int = LENGTH) -> str:
    """Give `text` as a part of a key: small letters, figures, dots between figures, and dashes."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"[^a-z0-9.]+", "-", plain)
    plain = re.sub(r"(?<![0-9])\.+|\.+(?![0-9])", "-", plain)
    plain = re.sub(r"-{2,}", "-", plain).strip("-")
    if len(plain) > limit:
        plain = plain[: limit + 1].rpartition("-")[0] or plain[:limit]
    return plain
