"""Checks of option values: what a user wrote in, the value out, or a `ValueError` that says why."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from sessionlog_core.patterns import later

NEAR = 0.7
"""How alike a name must be to one that exists for it to be taken for a slip of the pen."""

PART_OF_ADDRESS = later(r'[^\x00-\x1f\x7f\\/:*?"<>|#%.][^\x00-\x1f\x7f\\/:*?"<>|#%]*')
"""What may stand between the slashes of an address, and be a folder on each system."""


def expected(name: str, allowed: Iterable[str]) -> str:
    """Say what was expected instead of `name`: what it looks like, else all that is allowed."""
    names = list(allowed)
    # A name is short; comparing takes the product of both lengths.
    near = get_close_matches(name[:80], names, 1, NEAR)
    return f"did you mean {near[0]}?" if near else f"expected one of {', '.join(names)}"


def words(value: Any) -> str:
    """Accept any text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"not a text: {value!r}, expected some words")
    return value.strip()


def site_folder(value: Any) -> str:
    """Accept a folder below the first page of a site, with or without slashes around it."""
    folder = words(value).strip("/")
    if not all(PART_OF_ADDRESS.fullmatch(part) for part in folder.split("/")):
        raise ValueError(
            f"not a folder of the site: {value!r}, expected a name such as sessionlog or team/log"
        )
    return folder


def count(value: Any) -> int:
    """Accept a whole number from 1, as a number or as text."""
    try:
        number = int(str(value).strip())
    except ValueError:
        number = 0
    if isinstance(value, bool) or number < 1:
        raise ValueError(f"not a whole number from 1: {value!r}")
    return number


def flag(value: Any) -> bool:
    """Accept true or false, as a value or as text."""
    if isinstance(value, bool):
        return value
    match str(value).strip().casefold():
        case "true" | "yes" | "on" | "1":
            return True
        case "false" | "no" | "off" | "0":
            return False
    raise ValueError(
        f"not true or false: {value!r}, expected true, yes, on or 1, or false, no, off or 0"
    )


def choice(*allowed: str) -> Callable[[Any], str]:
    """Make a check that accepts one of `allowed`."""

    def check(value: Any) -> str:
        text = str(value).strip()
        if text not in allowed:
            raise ValueError(f"unknown value: {value!r}, expected one of {', '.join(allowed)}")
        return text

    return check


def some_of(*allowed: str) -> Callable[[Any], tuple[str, ...]]:
    """Make a check that accepts any of `allowed`, as a list or parted by commas and blanks."""

    def check(value: Any) -> tuple[str, ...]:
        given = re.split(r"[\s,]+", value.strip()) if isinstance(value, str) else value
        if not isinstance(given, Iterable) or isinstance(given, Mapping | bytes):
            raise ValueError(f"unknown value: {value!r}, expected any of {', '.join(allowed)}")
        found = [str(x).strip() for x in given if x != ""]
        wrong = [x for x in found if x not in allowed]
        if wrong:
            raise ValueError(f"unknown value: {wrong[0]!r}, expected any of {', '.join(allowed)}")
        return tuple(x for x in allowed if x in found)

    return check


def list_of(one: str, many: str) -> Callable[[Any], tuple[str, ...]]:
    """Make a check that accepts a text, or a list of them; `one` and `many` say what they are."""

    def check(value: Any) -> tuple[str, ...]:
        found = (value,) if isinstance(value, str) else value
        if not isinstance(found, Iterable) or isinstance(found, Mapping | bytes):
            raise ValueError(f"not {one}: {value!r}, expected {one} or a list of {many}")
        return tuple(words(x) for x in found)

    return check


patterns = list_of("a path", "paths")
titles = list_of("a text", "texts")
fingerprints = list_of("a fingerprint", "fingerprints")


def pairs(value: Any) -> tuple[tuple[str, str], ...]:
    """Accept a table of words and what they stand for."""
    if isinstance(value, Mapping):
        value = tuple(value.items())
    try:
        return tuple((words(name), words(target)) for name, target in value)
    except (TypeError, ValueError):
        message = f'not a table of words: {value!r}, expected {{"words" = "what they stand for"}}'
        raise ValueError(message) from None


def web_address(value: Any) -> str:
    """Accept an address that begins with `http://` or `https://`, or nothing."""
    text = str(value).strip()
    if text and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        raise ValueError(f"not an address: {value!r}, expected https://...")
    return text


def link_rules(value: Any) -> tuple[tuple[str, str], ...]:
    """Accept a table of patterns and what they lead to, with `{1}` for what a group matched."""
    rules = pairs(value)
    for pattern, target in rules:
        try:
            groups = re.compile(pattern).groups
        except re.error as error:
            raise ValueError(f"not a regular expression: {pattern!r}, {error}") from None
        for number in re.findall(r"\{(\d)\}", target):
            if int(number) > groups:
                message = f"no group {{{number}}} in {pattern!r}, expected {{0}} to {{{groups}}}"
                raise ValueError(message)
        if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE) and not target.startswith(
            ("http://", "https://")
        ):
            raise ValueError(
                f"not an address or a page: {target!r}, expected https://... or a path"
            )
    return rules


def iso_date(value: Any) -> str:
    """Accept a date as `YYYY-MM-DD`."""
    text = str(value).strip()
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        text = ""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(f"not a date: {value!r}, expected YYYY-MM-DD")
    return text


def month(value: Any) -> str:
    """Accept a month as `YYYY-MM`, or `undated`."""
    text = str(value).strip()
    if text != "undated" and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise ValueError(f"not a month: {value!r}, expected YYYY-MM or undated")
    return text
