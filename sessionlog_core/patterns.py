"""A pattern in, the same out, which is compiled when it is first used.

There are hundreds of patterns, for languages and layouts of which a log has a few. To compile them
all takes as long as to read forty sessions, and each command and each build would wait for it.
"""

import re
from typing import TYPE_CHECKING, Any

__all__ = ["later"]

if TYPE_CHECKING:
    from re import compile as later
else:

    class later:  # noqa: N801, it is called as `re.compile` is
        """A compiled pattern for all who use it; the type checker takes it for one."""

        def __init__(self, pattern: str, flags: int = 0) -> None:
            self.pattern = pattern
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            """Compile, and take over all that a pattern can do: this is not asked again."""
            if name not in _ABILITIES:
                raise AttributeError(name)
            made = re.compile(self.pattern, self._flags)
            vars(self).update((each, getattr(made, each)) for each in _ABILITIES)
            return getattr(made, name)

        def __repr__(self) -> str:
            return f"later({self.pattern!r})"

    _ABILITIES = [each for each in dir(re.Pattern) if not each.startswith("_")]
