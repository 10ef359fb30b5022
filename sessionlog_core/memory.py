"""Files in, what they say out: read again only where they changed, or something they hang on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from sessionlog_core.accounts import Account, Reading, read_reading
from sessionlog_core.cache import Cache, Kept, name_of, sign_of
from sessionlog_core.discover import Found
from sessionlog_core.files import Look
from sessionlog_core.model import Log, Session, Span
from sessionlog_core.options import Options
from sessionlog_core.problems import Code, Problem
from sessionlog_core.records import record
from sessionlog_core.rows import installed_layouts
from sessionlog_core.said import Said, read_said
from sessionlog_core.texts import Texts, count_in, read_texts, without_words

__all__ = ["Memory", "Signs"]


@record(frozen=True, slots=True)
class _Seen:
    """What was read from a file when it was in a state; no digest where its bytes told enough."""

    state: tuple[int, ...]
    texts: Texts
    of_texts: str
    account: Account
    signs: Sequence[Sequence[str]] = ()


class Signs:
    """Short names of the bodies of sessions: who wants to know whether one changed reads these."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[object, str]] = {}

    def note(self, log: Log, signs: Sequence[str]) -> None:
        """Take up the bodies of the sessions of a log."""
        for session, sign in zip(log.sessions, signs, strict=True):
            # Its place in the file, and which of the same ones it is, are no part of a body.
            self._of[id(session.body)] = session.body, sign.split(".")[1]

    def tell(self, session: Session) -> object:
        """Give what is the same as long as a session has the same body on the same lines.

        That is the body itself where it is none that was read: another extension may change it.
        Empty ones are all the same object.
        """
        body, sign = self._of.get(id(session.body), ((), ""))
        return sign if body and body is session.body else session.body


class Memory:
    """What was read before, by file.

    It holds what the last load used and forgets all else. With a `folder`, it keeps there for the
    next process what the files say.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._cache = Cache(folder) if folder else None
        self._options = Options()
        self._made_with = ""
        self._look = Look(((), ()), ((), ()), self._options)
        self._texts: dict[Found, tuple[tuple[int, ...], Texts]] = {}
        self._seen: dict[Found, _Seen] = {}
        self._last_texts, self._last_seen = self._texts, self._seen
        # By the identity of a session: the accounts above hold each of them.
        self._said: dict[int, Said] = {}
        self.signs = Signs()

    def turn_over(self, options: Options, look: Look) -> None:
        """Begin a new load; other options may read the same bytes differently."""
        same = options == self._options
        self._options, self._look = options, look
        self._made_with = name_of(options, installed_layouts()[0]) if self._cache else ""
        self._last_texts, self._texts = self._texts if same else {}, {}
        self._last_seen, self._seen = self._seen if same else {}, {}
        self._said, self.signs = {}, Signs()

    def texts(self, found: Found) -> Texts:
        """Give the texts of a file."""
        state = self._look.state(found)
        last, texts = self._last_texts.get(found, ((), Texts()))
        if not state or last != state:
            texts = read_texts(self._look.take(found), found.name, self._options)
        self._texts[found] = state, texts
        return texts

    def account(self, found: Found, texts: Texts | None = None) -> Account:
        """Give what a file says.

        `texts` are those of the file where they hang on other files too; without them, bytes that
        are those of the last time are not even decoded.
        """
        state = self._look.state(found)
        last = self._last_seen.get(found)
        if last is None or texts is not None or not state or state != last.state:
            last = self._see(found, state, texts, last)
        self._seen[found] = last
        for reading in last.account.readings:
            self._said.update(zip(map(id, reading.log.sessions), reading.said, strict=False))
        for reading, signs in zip(last.account.readings, last.signs, strict=False):
            self.signs.note(reading.log, signs)
        return last.account

    def said(self, session: Session) -> Said:
        """Give what a session says."""
        return self._said.get(id(session)) or read_said(session)

    def end(self) -> None:
        """Delete what no load of this memory used."""
        if self._cache:
            self._cache.forget_others()

    def _see(
        self, found: Found, state: tuple[int, ...], texts: Texts | None, last: _Seen | None
    ) -> _Seen:
        if self._cache:
            return self._see_kept(self._cache, found, state, texts, last)
        if texts is None:
            texts = read_texts(self._look.take(found), found.name, self._options)
        bare, of_texts = without_words(texts), _digest_of(texts)
        if last and (last.texts, last.of_texts) == (bare, of_texts):
            return _Seen(state, bare, of_texts, last.account)
        account = self._read(found, texts, [None] * len(texts.texts))
        return _Seen(state, bare, of_texts, account)

    def _see_kept(
        self,
        cache: Cache,
        found: Found,
        state: tuple[int, ...],
        texts: Texts | None,
        last: _Seen | None,
    ) -> _Seen:
        """Do the same with what an earlier process kept, and keep it for the next."""
        name = name_of(self._made_with, found.named, found.sure, found.name)
        kept = cache.load(name)
        of_bytes = ""
        if texts is None:
            data = self._look.take(found)
            of_bytes = _digest(data)
            if of_bytes and kept.of_bytes == of_bytes and (account := kept.account()):
                return _Seen(state, Texts(), "", account, kept.signs())
            texts = read_texts(data, found.name, self._options)
            of_bytes = of_bytes if _tell_all(texts, data) else ""
        bare, of_texts = without_words(texts), _digest_of(texts)
        if last and (last.texts, last.of_texts) == (bare, of_texts):
            return _Seen(state, bare, of_texts, last.account, last.signs)
        if kept.of_texts == of_texts and (account := kept.account()):
            account, signs = replace(account, file=bare), kept.signs()
        else:
            recalls = [_Recall(kept, place) for place, _ in enumerate(texts.texts)]
            account = self._read(found, texts, recalls)
            signs = _signs_of(account, recalls)
        if signs:
            cache.put(name, account, signs, kept, of_bytes=of_bytes, of_texts=of_texts)
        return _Seen(state, bare, of_texts, account, signs)

    def _read(self, found: Found, file: Texts, recalls: Sequence["_Recall | None"]) -> Account:
        """Read the texts of a file; what it says is kept without their words, which are many."""
        readings = tuple(
            read_reading(text, found, self._options, recall, recall.said if recall else None)
            for text, recall in zip(file.texts, recalls, strict=True)
        )
        # With labels in its place, what is private is none any more.
        private, faults = ((), ()) if self._options.privacy else count_in(file, self._options)
        file = replace(without_words(file), problems=(*file.problems, *faults))
        return Account(file, readings, private)


class _Recall:
    """Gives sessions of a text as they are kept, and notes what each is kept by."""

    def __init__(self, kept: Kept, place: int) -> None:
        self.said: dict[int, Said] = {}
        self._kept, self._place = kept, place
        self._signs: dict[Span, str] = {}
        self._counts: Counter[str] = Counter()

    def __call__(self, session: Session, markup: str) -> Session | None:
        """Give what a session says, or None where it is not kept."""
        sign = sign_of(session, markup)
        self._counts[sign] += 1  # the same words may stand twice
        sign = f"{self._place}.{sign}.{self._counts[sign]}"
        self._signs[session.source] = sign
        told = self._kept.recall(sign, session.source.line)
        if told is None:
            return None
        self.said[id(told.session)] = told.said
        return told.session

    def signs_of(self, reading: Reading) -> list[str]:
        """Give the signs of the sessions; one that was not asked for has one of all that it says.

        So has a file without sessions, which is shown as it is.
        """
        return [
            self._signs.get(session.source)
            or f"{self._place}.{_digest(repr(session).encode('utf-8', 'backslashreplace'))}"
            for session in reading.log.sessions
        ]


def _signs_of(account: Account, recalls: Sequence[_Recall]) -> list[list[str]]:
    """Give the signs of the sessions of each text, if the account is to be kept."""
    readings = account.readings
    if any(problem.code is Code.FAULT for problem in account.file.problems) or not all(
        len(reading.said) == len(reading.log.sessions) for reading in readings
    ):
        return []
    return [recall.signs_of(reading) for recall, reading in zip(recalls, readings, strict=True)]


def _digest(data: bytes | Problem) -> str:
    return sha256(data).hexdigest() if isinstance(data, bytes) else ""


def _digest_of(file: Texts) -> str:
    digest = sha256()
    for text in file.texts:
        for words in (text.source.path, text.source.text):
            digest.update(words.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _tell_all(file: Texts, data: bytes | Problem) -> bool:
    """Say whether the text of a file holds all that its bytes do.

    Only then a digest of the bytes is kept: where something was masked, withheld or left out, it
    could be used to try out what that was.
    """
    if isinstance(data, Problem) or len(file.texts) != 1:
        return False
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return written.replace("\r\n", "\n") == file.texts[0].source.text
