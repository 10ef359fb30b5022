"""A unified diff in, the files that it adds out."""


def unfold(text: str) -> tuple[tuple[str, str], ...] | None:
    """Give the path and text of each file that the diff `text` adds, or None where it is no diff."""
    return None
