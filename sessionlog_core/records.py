"""A class with fields in, a record out: plain data that nobody changes once it is made.

The type checker takes a record for a frozen dataclass and refuses to set its fields. At run time
a frozen dataclass sets each field of a new object by a call, and reading a log makes tens of
thousands of them: that was a tenth of the whole. A record hashes, compares and writes itself as a
frozen dataclass does; a host tells by what it writes whether a page changed.
"""

from collections.abc import Callable
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["members", "record"]

Kinds = TypeVar("Kinds", bound=type[StrEnum])

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass, fields

    def record(*, frozen: bool, slots: bool) -> Any:
        """Make a dataclass that is frozen for the type checker alone.

        To write the methods of each class in Python and have them compiled, as a dataclass does,
        takes half of the time in which all modules are imported.
        """

        def make(kind: type) -> type:
            made = dataclass(eq=False, repr=False, slots=slots)(kind)
            values = _values_of([each.name for each in fields(made) if each.compare])
            names = [each.name for each in fields(made)]
            shown = _values_of(names)
            form = f"{made.__qualname__}({', '.join(f'{name}=%r' for name in names)})"

            def equal(one: object, other: object) -> bool:
                return values(one) == values(other) if type(one) is type(other) else NotImplemented

            made.__eq__ = equal
            made.__hash__ = (lambda one: hash(values(one))) if frozen else None
            made.__repr__ = lambda one: form % shown(one)
            return made

        return make


def _values_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Give what reads some fields; `attrgetter` gives a tuple for two and more alone."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple([getattr(one, name) for name in names])


def members(kinds: Kinds) -> Kinds:
    """Give the members of an enumeration as attributes of a plain class.

    Up to Python 3.11 a member that is looked up in its enumeration takes ten times as long as one
    of a plain class, and reading a log asks for the kind of each block many times.
    """
    plain: Any = type(kinds.__name__, (), {kind.name: kind for kind in kinds})
    found: Kinds = plain
    return found
