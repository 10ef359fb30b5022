"""The text of a list item in, the state of the check box at its start and the other text out."""

from sessionlog_core.patterns import later

__all__ = ["SIGNS", "read_box"]

BOXES = dict.fromkeys(("x", "X", "✅", "✔", "✔️", "✓", "☑", "☑️", "v"), True) | dict.fromkeys(
    (" ", "", "-", "~", "!", "⏳", "🔄", "❌", "/", ">", "?", "🚧", "⚠️", "⬜", "."), False
)
"""What stands between the brackets of a check box, and whether it is ticked."""

SIGNS = {
    "☐": False,
    "☑": True,
    "☒": True,
    "⬜": False,
    "🔲": False,
    "✅": None,
    "□": False,
    "■": True,
}
"""Signs that are a check box without brackets; None for those that say as often something else."""

BOX = later(r"\[(.{0,2}?)\](?=\s|$)\s*")


def read_box(text: str) -> tuple[bool | None, str, str]:
    """Give the state of the check box at the start of `text`, its mark, and the text without it."""
    if text.startswith("["):
        match = BOX.match(text)
        if match and match[1].strip() in BOXES:
            return BOXES[match[1].strip()], match[1], text[match.end() :]
    elif text[:1] in SIGNS:
        done = SIGNS[text[0]]
        if done is not None:
            return done, text[0], text[1:].lstrip("\ufe0f ")
    return None, "", text
