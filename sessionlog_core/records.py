"""A class with fields in, a record out: plain data that nobody changes once it is made.

The type checker takes a record for a frozen dataclass and refuses to set its fields. At run time
a frozen dataclass sets each field of a new object by a call, and reading a log makes tens of
thousands of them: that was a tenth of the whole. A record hashes and compares as a frozen
dataclass does.
"""

from typing import TYPE_CHECKING, Any

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass

    def record(*, frozen: bool, slots: bool) -> Any:
        """Make a dataclass that is frozen for the type checker alone."""
        return dataclass(unsafe_hash=frozen, slots=slots)
