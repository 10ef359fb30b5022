"""Our own words in the language of the site: a label in, its words from our catalogue out.

Words of logs are no labels: they are never looked up here, and in no catalogue of a site.
"""

from pathlib import Path

from sphinx.locale import get_translation

from sessionlog_core.blocks import Label
from sessionlog_core.site import Page

__all__ = ["CATALOG", "FOLDER", "say", "say_text", "say_title"]

CATALOG = "sphinx_sessionlog"

FOLDER = Path(__file__).parent / "locale"

_ = get_translation(CATALOG)


def say_text(text: str) -> str:
    """Translate words of ours that have no values in them."""
    return str(_(text))


def say(label: Label) -> str:
    """Translate a label and set its values in."""
    text = str(_(label.text))
    return text.format(**dict(label.values)) if label.values else text


def say_title(page: Page) -> str:
    """Translate the title of a generated page, unless it is the name of a session or log."""
    if page.query.month is not None and page.view == "session":
        from sessionlog_core.views.selection import month_title

        return "".join(say(x) for x in month_title(page.query.month) if isinstance(x, Label))
    is_named = page.view == "session" or page.query.log is not None
    return page.title if is_named else say_text(page.title)
