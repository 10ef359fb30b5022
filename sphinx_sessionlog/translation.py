"""Our own words, and dates, in the language of the site: a label or a date in, its words out.

Our words, and the months that are headings, come from our catalogue, dates from Babel, as in Sphinx
itself. Words of logs are neither: they are never looked up here, and in no catalogue of a site.
"""

import datetime as dt
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from sphinx.locale import get_translation

from sessionlog_core.blocks import Date, Label
from sessionlog_core.patterns import later
from sessionlog_core.site import Page
from sessionlog_core.writers.html import Say

__all__ = ["CATALOG", "FOLDER", "say_text", "say_title", "speaker"]

CATALOG = "sphinx_sessionlog"

FOLDER = Path(__file__).parent / "locale"

DAY = later(r"\d{4}-\d\d-\d\d")
MONTH = later(r"\d{4}-\d\d")

_ = get_translation(CATALOG)


def say_text(text: str) -> str:
    """Translate words of ours that have no values in them."""
    return str(_(text))


@lru_cache(maxsize=8)
def speaker(language: str) -> Say:
    """Give what says our own words and dates in a language, as Sphinx calls that.

    Dates stay ISO in English, in a language that Babel does not know, and where a log has them in
    words of its own.
    """
    locale = _find_locale(language)

    def say(words: Label | Date) -> str:
        if isinstance(words, Date):
            return _write_date(words.text, locale) if locale else words.text
        text = str(_(words.text))
        if not words.values:
            return text
        values = {k: say(x) if isinstance(x, Date) else x for k, x in words.values}
        return text.format(**values)

    return say


def _find_locale(language: str) -> Locale | None:
    """Give the locale of a language, or of the language without its country; None for English."""
    name = language.replace("-", "_")
    for known in (name, name.split("_")[0]):
        try:
            locale = Locale.parse(known)
        except (ValueError, UnknownLocaleError):
            continue
        return None if locale.language == "en" else locale
    return None


@lru_cache(maxsize=4096)
def _write_date(text: str, locale: Locale) -> str:
    """Write a day or a month as people do; what is no date stays."""
    try:
        if DAY.fullmatch(text):
            return str(format_date(dt.date.fromisoformat(text), "medium", locale=locale))
        if MONTH.fullmatch(text):
            day = dt.date.fromisoformat(f"{text}-01")
            return str(format_skeleton("yMMMM", day, locale=locale))
    except ValueError:
        pass  # no such day
    return text


def say_title(page: Page) -> str:
    """Translate the title of a generated page, unless it is the name of a session or log."""
    if page.query.month is not None and page.view == "session":
        from sessionlog_core.views.selection import month_title

        say = speaker("")
        return "".join(say(x) for x in month_title(page.query.month) if isinstance(x, Label))
    is_named = page.view == "session" or page.query.log is not None
    return page.title if is_named else say_text(page.title)
