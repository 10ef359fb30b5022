"""Our own words in the language of the site: a label in, its words from Sphinx's catalogue out."""

from sphinx.locale import get_translation

from sessionlog_core.blocks import Label

__all__ = ["CATALOG", "say", "say_text"]

CATALOG = "sphinx_sessionlog"

_ = get_translation(CATALOG)


def say_text(text: str) -> str:
    """Translate words of ours that have no values in them."""
    return str(_(text))


def say(label: Label) -> str:
    """Translate a label and set its values in."""
    text = str(_(label.text))
    return text.format(**dict(label.values)) if label.values else text
