"""What may be a credential in, whether it looks like one, and not like a word or a name, out."""

import binascii
import re
from base64 import b64decode

from sessionlog_core.patterns import later

_WORDS = frozenset(
    """
    changeme changeit change password passwd passphrase pass secret secrets token tokens key
    apikey example sample placeholder dummy test testing tests foo bar baz foobar todo tbd none
    null nil
    true false yes no required optional string str int bytes number boolean redacted hidden masked
    removed omitted unknown default empty blank unset undefined na user username admin administrator
    root postgres mysql guest localhost invalid wrong incorrect missing rotated disabled enabled
    expired valid set hunter2 letmein mypassword yourpassword mysecret mytoken supersecret topsecret
    correct bearer basic auth value
    """.split()
)
"""What people write where a credential would stand."""

_PARTS = tuple(
    """
    example placeholder changeme change-me change_me redacted masked dummy your- your_ yourpass
    yourtoken yourkey xxxx **** .... \u2026 \u2022\u2022 1234567890 0123456789 abcdefghij
    """.split()
)
"""What no credential holds, but what is made up for documentation does."""

_VARIABLE = later(
    r"\$(?:[{(]|[A-Za-z_]\w*$)|%\w+%$|\{\{|<[^>]*>?$|\[|:[A-Za-z_]\w*$|[*?.#_x-]+$|env[:.(]"
    r"|\(masked:",
    re.IGNORECASE,
)
"""The name of a variable, in a shell, a template or a query; what was masked already."""


def is_placeholder(value: str) -> bool:
    """Say whether `value` only stands for a credential: `${VAR}`, `changeme`, `<token>`, `xxxx`."""
    low = value.casefold()
    return (
        len(set(low)) <= 3
        or re.sub(r"[\W_]+", "", low) in _WORDS
        or _VARIABLE.match(value) is not None
        or any(part in low for part in _PARTS)
    )


_NO_PASSWORD = later(
    "|".join(
        (
            r"[~≈<>=+-]?[\d.,:/%x-]*[kKmMbBsh%]?$",  # a number, a date, a time
            r"v?\d+(?:\.\w+)+$",  # a version
            r"[a-z]+(?:[_-](?:[a-z]+\d{0,4}|\d{1,4}))*$",  # a word, or words joined
            r"[A-Z][a-z]+(?:[-_][a-z]+|[-_]?[A-Z][a-z]+)*\d{0,2}$",
            r"[A-Za-z]+[/+&-][A-Za-z]+$",
            r"[A-Z]+(?:_[A-Z0-9]+)*$",  # the name of a variable
            r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?:[(\[].*)?$",  # a place in a program, a host
            r"[A-Za-z_][\w.]*[(\[][^!%^*#~]*$",  # a call
            r"\w+::\w+",
            r"[a-z][a-z0-9+.-]*://",  # an address
            r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+$",
            r"[.~]{0,2}/|[A-Za-z]:\\|(?:[\w.-]+/)+[\w.-]*\.[a-z]{1,5}(?::\d+)?$",  # a path
            r"(?:[a-z_-]+/)+[a-z_.-]+$",
            r"--?[a-z]",  # an option
            r"[#@][\w/-]+$",  # a number of an issue, a name of a person
            r"\W+$",
        )
    )
)
"""What stands behind `password:` in ordinary sentences."""


_JUDGED = 64
"""The beginning of a value tells what it is; the patterns above go over it more than once."""


def is_mixed(value: str) -> bool:
    """Say whether `value` looks like a password in a sentence: letters with figures or signs."""
    if len(value) < 6 or is_placeholder(value) or _NO_PASSWORD.match(value[:_JUDGED]):
        return False
    return any(c.isalpha() for c in value) and not value.isalpha()


def is_assigned(value: str) -> bool:
    """Say whether `value` may be a password where one is assigned in quotes: a word is enough."""
    if len(value) < 6 or is_placeholder(value) or " " in value.strip():
        return False
    return not _NO_PASSWORD.match(value[:_JUDGED]) or (value.isalpha() and len(value) >= 8)


def is_key(value: str) -> bool:
    """Say whether `value` looks like something that a machine made: letters and figures."""
    return len(value) >= 8 and not is_placeholder(value) and has_figure(value)


def has_figure(value: str) -> bool:
    """Say whether `value` has both letters and figures."""
    return any(c.isdigit() for c in value) and any(c.isalpha() for c in value)


def is_pair(value: str) -> bool:
    """Say whether `value` is the base64 of `user:password`."""
    try:
        text = b64decode(value + "=" * (-len(value) % 4)).decode()
    except (binascii.Error, ValueError):
        return False
    _, colon, password = text.partition(":")
    return bool(colon) and text.isprintable() and not is_placeholder(password)


def is_real(value: str) -> bool:
    """Say whether `value` is no placeholder."""
    return not is_placeholder(value)
