"""A class with fields in, a record out: plain data that nobody changes once it is made.

The type checker takes a record for a frozen dataclass and refuses to set its fields. At run time
a frozen dataclass sets each field of a new object by a call, and reading a log makes tens of
thousands of them: that was a tenth of the whole. A record hashes, compares and writes itself as a
frozen dataclass does; a host tells by what it writes whether a page changed.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["members", "record"]

Kinds = TypeVar("Kinds", bound=type[StrEnum])

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass

    def record(*, frozen: bool, slots: bool) -> Any:
        """Make a dataclass that is frozen for the type checker alone."""

        def make(kind: type) -> type:
            made = dataclass(unsafe_hash=frozen, slots=slots)(kind)
            # No record holds itself: the guard against it takes half of the time.
            made.__repr__ = made.__repr__.__wrapped__
            return made

        return make


def members(kinds: Kinds) -> Kinds:
    """Give the members of an enumeration as attributes of a plain class.

    Up to Python 3.11 a member that is looked up in its enumeration takes ten times as long as one
    of a plain class, and reading a log asks for the kind of each block many times.
    """
    plain: Any = type(kinds.__name__, (), {kind.name: kind for kind in kinds})
    found: Kinds = plain
    return found
