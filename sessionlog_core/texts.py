"""The bytes of a file in, its texts out: masked, without what is withheld, and what is to be said.

A log is one text; a diff may hold several. What is private has its labels from all texts together.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sessionlog_core.generated import is_generated
from sessionlog_core.masking import mask
from sessionlog_core.model import Span, Withheld
from sessionlog_core.options import Options
from sessionlog_core.privacy import count_private, hide, make_labels, tell_private
from sessionlog_core.problems import Code, Problem, make_fault
from sessionlog_core.records import record
from sessionlog_core.source import Source, read_plainly, read_text
from sessionlog_core.withhold import withhold, withholds_log

__all__ = [
    "Counts",
    "Text",
    "Texts",
    "count_in",
    "hide_private",
    "read_texts",
    "tell",
    "without_words",
]


@record(frozen=True, slots=True)
class Text:
    """A text to read, masked and without what is withheld, and what is to be said about it."""

    source: Source
    problems: tuple[Problem, ...] = ()
    withheld: tuple[Withheld, ...] = ()

    @property
    def is_withheld(self) -> bool:
        """Say whether nothing of it is for publication."""
        return any(one.what == "log" for one in self.withheld)


@record(frozen=True, slots=True)
class Texts:
    """What a file holds, and what is to be said about the file."""

    texts: tuple[Text, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_texts(data: bytes | Problem, name: str, options: Options) -> Texts:
    """Read the bytes of a file; a problem in place of them says why it cannot be read."""
    if isinstance(data, Problem):
        return Texts((), (data,))
    problems: list[Problem] = []
    try:
        sources, said = read_text(data, name)
    except Exception as error:
        problems.append(make_fault(error, "read", name))
        sources, said = (read_plainly(data, name),), ()
    problems += said
    texts = (_take_out(source, options, problems) for source in sources)
    return Texts(tuple(text for text in texts if text), tuple(problems))


def without_words(file: Texts) -> Texts:
    """Give the texts of a file without their words: only what is to be said about them."""
    texts = (replace(text, source=replace(text.source, text="")) for text in file.texts)
    return replace(file, texts=tuple(texts))


def _take_out(source: Source, options: Options, problems: list[Problem]) -> Text | None:
    """Take out of a text what is not to be shown; None where nothing of it may be."""
    if is_generated(source.text):
        return None
    try:
        text, secrets = mask(
            source.text, source.path, mode=options.secrets, allowed=options.secrets_allow
        )
    except Exception as error:
        # Not even as it was written: nobody knows what it holds.
        problems.append(make_fault(error, "masked", source.path))
        return None
    if withholds_log(source.path, options.withhold):
        whole = Span(source.path, 1, text.count("\n") + 1)
        return Text(replace(source, text=""), withheld=(Withheld("log", whole),))
    try:
        text, withheld, open_ended = withhold(text, source.path, options.withhold)
    except Exception as error:
        # What should be withheld is not shown because of a fault of ours.
        problems.append(make_fault(error, "searched for what is withheld", source.path))
        return None
    return Text(replace(source, text=text), (*secrets, *open_ended), withheld)


# What is private --------------------------------------------------------------------------------

Counts = tuple[tuple[str, int], ...]
"""Kinds of what is private, and how much there is of each."""

_SEARCHED = "searched for what is private"


def count_in(file: Texts, options: Options) -> tuple[Counts | None, tuple[Problem, ...]]:
    """Count what is private in a file; None and a problem where a fault ended the search."""
    try:
        texts = [text.source.text for text in file.texts]
        return tuple(count_private(texts, options.private_names).items()), ()
    except Exception as error:
        return None, (make_fault(error, _SEARCHED, None),)


def tell(counts: Iterable[Counts | None], options: Options) -> tuple[Problem, ...]:
    """Tell how much of what is private is shown; `counts` are those of all files."""
    total: Counter[str] = Counter()
    for one in counts:
        if one is None:
            return ()  # the fault is told
        total.update(dict(one))
    try:
        message = tell_private(total, options.privacy)
    except Exception as error:
        return (make_fault(error, _SEARCHED, None),)
    return (Problem(Code.PRIVACY, message, grave=False),) if message else ()


def hide_private(
    files: Sequence[Texts], options: Options
) -> tuple[Sequence[Texts], tuple[Problem, ...]]:
    """Put labels in the place of what is private, the same in all files; tell what is shown."""
    names = options.private_names
    texts = [text.source.text for file in files for text in file.texts]

    def label(text: Text) -> Text:
        told = hide(text.source.text, options.privacy, labels, names=names)
        return replace(text, source=replace(text.source, text=told))

    try:
        shown = tuple(count_private(texts, names).items())
        labels = make_labels(texts, names=names)
        hidden = [replace(file, texts=tuple(map(label, file.texts))) for file in files]
    except Exception as error:
        # What is private is not shown because of a fault of ours.
        fault = make_fault(error, _SEARCHED, None)
        return [replace(file, texts=()) for file in files], (fault,)
    return hidden, tell([shown], options)
