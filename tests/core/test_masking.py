"""Credentials of every kind are masked, what looks like one stays, and no message tells one."""

import json
import re
import time
from pathlib import Path

import pytest

from sessionlog_core import credentials
from sessionlog_core.credentials import find_credentials
from sessionlog_core.masking import fingerprint, mask, mask_name
from sessionlog_core.placeholders import is_placeholder
from sessionlog_core.problems import Code
from tests.core import made_up
from tests.core.made_up import CONTEXTS, TOKENS, Row
from tests.corpus import CORPUS, THREATS, needs_corpus, needs_threats
from tests.growth import LINEAR, growth

PATH = "SESSION_LOG.md"
ROWS = TOKENS + CONTEXTS


def kinds(text: str) -> list[str]:
    return [hit.kind for hit in find_credentials(text)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}, {row[1]}")
def test_a_credential_is_masked_and_told_without_its_value(row: Row) -> None:
    kind, before, value, _ = row
    after = before[-1:] if before[-1:] in ("'", '"', "`") else "@x.io" * kind.endswith("in-url")
    text = f"# Log\n\n- done: {before}{value}{after} and more words\n- last\n"
    masked, problems = mask(text, PATH)
    assert value not in masked
    assert masked.count("\n") == text.count("\n")
    assert masked.startswith("# Log\n\n- done: ")
    assert masked.endswith("- last\n")
    assert masked.count(f"(masked:{kind})") == 1
    assert [(p.code, p.path) for p in problems] == [(Code.SECRET, PATH)]
    assert problems[0].line == 3 + before.count("\n")
    assert kind in problems[0].message
    for length in (8, 12):  # no part of it either
        parts = {value[i : i + length] for i in range(9, len(value) - length)}
        assert not [part for part in parts if part in masked or part in str(problems[0])]


@pytest.mark.parametrize("row", TOKENS, ids=lambda row: f"{row[0]}, {row[1]}")
@pytest.mark.parametrize(
    "around",
    ["`{}`", "**{}**", "| {} |", '"{}",', "TOKEN={}", "({})", "<{}>", "> {}", "key: {}."],
)
def test_a_token_is_found_whatever_stands_around_it(row: Row, around: str) -> None:
    _, before, value, _ = row
    masked, _ = mask(around.format(before + value) + "\n", PATH)
    assert value not in masked


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}, {row[3]}")
def test_what_speaks_of_a_credential_is_left_alone(row: Row) -> None:
    text = f"- {row[3]}\n"
    assert mask(text, PATH) == (text, ())


def test_every_kind_of_the_table_has_an_example() -> None:
    known = {rule.kind for rule in (*credentials.TOKENS, *credentials.CONTEXTS)}
    shown = {row[0] for row in ROWS}
    assert known <= shown
    assert len(shown) >= 60


def test_no_credential_stands_in_the_repository() -> None:
    for path in (Path(__file__), Path(made_up.__file__), Path(credentials.__file__)):
        text = path.read_text("utf-8")
        assert [h.kind for h in find_credentials(text) if h.kind in {r[0] for r in TOKENS}] == []


LOOK_ALIKES = """
- Commit: 1d72125e965b14be468599dd7758a9eb0c5581bf - "Add port validation"
- commit 8fab9311fe27c80be642af817eadbc8e69031bd2f0271edb03f3ba02286c94c8 (sha256 repository)
- md5 of the archive: 4aa2c5433d1d8eedc18eb23c60d86960
- integrity: sha512-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08==
- Session id fb015b4e-1e6b-4c65-82d6-c9a35db848a4, run 013FT1DSCBWRTNE2HAPW5F24P5
- tool call toolu_01aaq5wkJQNEsCwWOvevWSYj returned ok
- `/home/coder/knowledge/docs/specification/core-operations.md`
- documented `APP_SECRET_KEY` env var; PASSWORD=$(pass show db); TOKEN=${TOKEN}; KEY={{ key }}
- password: changeme, DB_PASSWORD=changeme, token=<your-token>, api_key: "your-api-key-here"
- Implemented password hashing with bcrypt; roughly 2-3x the token budget; secret scanning in CI
- Tokens used: 45,120 in / 3,200 out; token limit: 200k; context tokens: 128000
- password: str, token: Optional[str], secret: bytes, api_key: None
- password = get_password(), token = self.token, secret=config.SECRET, key = settings.API_KEY
- test_secrets.py::test_password_is_masked PASSED; tests/unit/test_token_refresh_v2.py
- Password reset flow: done. Password: see the team vault. Token: rotated on 2026-01-05.
- secret: aws-creds-prod; the access key is read from ~/.config/app/credentials.toml
- https://example.com/docs?page=2&sort=asc https://user@example.com http://localhost:8080/a
- password_hash column, token_type: bearer, token_count=1234, secret_name: prod-db-1
- bump password-validator 5.3.0 -> 6.0.1; jsonwebtoken@9.0.2; passport-jwt v4.0.1
- `git log --oneline --token`, `--password-stdin`, `--secret-id my-secret`
- Basic auth, Bearer auth, Bearer token, Cookie: none, cookie banner
- e.g. `postgres://user:pass@host/db`, `redis://localhost:6379/0`, `https://<token>@github.com`
""".strip().split("\n")


@pytest.mark.parametrize("line", LOOK_ALIKES)
def test_look_alikes_stay(line: str) -> None:
    assert mask(f"{line}\n", PATH) == (f"{line}\n", ())


@needs_threats
def test_look_alikes_of_others_stay() -> None:
    rows = (THREATS / "look_alikes.jsonl").read_text("utf-8").splitlines()
    masked = [line for line in (json.loads(row)["line"] for row in rows) if kinds(f"{line}\n")]
    assert masked == []


@needs_corpus
def test_real_logs_keep_their_words() -> None:
    texts = {
        p: p.read_text("utf-8", "replace") for p in (CORPUS / "files").rglob("*") if p.is_file()
    }
    hits = [(path.name, hit.kind) for path, text in texts.items() for hit in find_credentials(text)]
    # One log really tells a password.
    assert {kind for _, kind in hits} <= {"sql-password"}
    assert len(hits) <= 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("changeme", True),
        ("CHANGE-ME", True),
        ("${TOKEN}", True),
        ("$TOKEN", True),
        ("%TOKEN%", True),
        ("{{ token }}", True),
        ("<token>", True),
        (":pw", True),
        ("xxxxxxxxxxxx", True),
        ("************", True),
        ("aaaaaaaa", True),
        ("ghp_1234567890abcdef", True),
        ("my-example-key", True),
        ("(masked:password)", True),
        ("$ecret1!", False),
        (made_up.password(), False),
        (made_up.make(made_up.HEX, 32), False),
    ],
)
def test_placeholders(value: str, *, expected: bool) -> None:
    assert is_placeholder(value) is expected


def test_a_quote_that_is_never_closed_hides_nothing() -> None:
    word = made_up.password()
    for text in (f'password = "{word} and more', f'- password "{word} is "quoted" here\n'):
        assert word not in mask(text, PATH)[0]


# Keys of several lines --------------------------------------------------------------------------


def test_a_key_is_masked_whole_and_the_lines_stay() -> None:
    text = f"before\n{made_up.pem()}\nafter\n"
    masked, problems = mask(text, PATH)
    assert masked == "before\n(masked:private-key)" + "\n" * 8 + "after\n"
    assert [p.line for p in problems] == [2]


@pytest.mark.parametrize(
    "shape",
    [
        lambda key: "\n".join(f"    {line}" for line in key.split("\n")),
        lambda key: "\n".join(f"> {line}" for line in key.split("\n")),
        lambda key: '"private_key": "' + key.replace("\n", "\\n") + '\\n",',
        lambda key: key.rsplit("\n", 1)[0],
        lambda key: key.replace("\n", "\nProc-Type: 4,ENCRYPTED\n", 1),
    ],
    ids=["indented", "quoted", "in JSON", "without an end", "with a header"],
)
def test_shapes_of_a_key(shape: object) -> None:
    key = made_up.pem("EC ", 4)
    masked, problems = mask(f"before\n{shape(key)}\n- after\n", PATH)  # type: ignore[operator]
    assert not [line for line in key.split("\n")[1:-1] if line in masked]
    assert masked.startswith("before\n")
    assert masked.endswith("\n- after\n")
    assert len(problems) == 1


def test_an_end_far_below_takes_nothing_with_it() -> None:
    dash = "-" * 5
    text = f"{dash}BEGIN PRIVATE KEY{dash}\n\nWords of the log, which must stay, all of them.\n"
    assert mask(text, PATH) == (text, ())


def test_a_column_of_a_table() -> None:
    word = made_up.password()
    text = (
        f"| user | Password | note |\n|---|:---:|---|\n| admin | {word} | x |\n| a | none | y |\n"
    )
    masked, problems = mask(text, PATH)
    assert masked == text.replace(word, "(masked:password)")
    assert [p.line for p in problems] == [3]


# Modes and waivers ------------------------------------------------------------------------------

TOKEN = TOKENS[20][2]
TEXT = f"- one\n- {TOKEN}\n- three\n"


def test_modes() -> None:
    masked = "- one\n- (masked:github-token)\n- three\n"
    assert mask(TEXT, PATH, mode="off") == (TEXT, ())
    text, problems = mask(TEXT, PATH, mode="warn")
    assert text == TEXT
    assert [(p.line, p.fatal, TOKEN in str(p)) for p in problems] == [(2, False, False)]
    for mode, fatal in (("mask", False), ("fail", True)):
        text, problems = mask(TEXT, PATH, mode=mode)
        assert text == masked
        assert [(p.line, p.fatal) for p in problems] == [(2, fatal)]


def test_what_was_masked_stays_as_it_is() -> None:
    for _, before, value, _ in ROWS:
        masked, _ = mask(f"- {before}{value}\n", PATH)
        assert mask(masked, PATH) == (masked, ())


@pytest.mark.parametrize(
    "text",
    [
        f"- one {TOKEN} <!-- sessionlog: allow-secret -->\n",
        f"- one {TOKEN} # sessionlog:allow-secret\n",
        f"<!-- sessionlog: allow-secret -->\n- {TOKEN}\n",
    ],
)
def test_a_comment_waives_a_line(text: str) -> None:
    assert mask(text, PATH) == (text, ())


def test_a_comment_waives_nothing_else() -> None:
    alone, within = "<!-- sessionlog: allow-secret -->", "words sessionlog: allow-secret"
    text = f"{alone}\n- x\n- {TOKEN}\n{within}\n{TOKEN}\n"
    masked, problems = mask(text, PATH)
    assert TOKEN not in masked
    assert [p.line for p in problems] == [3, 5]


def test_a_fingerprint_waives_a_credential() -> None:
    _, (problem,) = mask(TEXT, PATH)
    mark = problem.message.rsplit(" ", 1)[1]
    assert mark == fingerprint(TOKEN, "github-token", PATH)
    assert re.fullmatch(r"github-token:[0-9a-f]{16}", mark)
    assert mask(TEXT, PATH, allowed=(mark,)) == (TEXT, ())
    # In another file, or for another value, it says nothing.
    assert mask(TEXT, "other.md", allowed=(mark,))[0] != TEXT
    assert mask(TEXT.replace(TOKEN[-4:], "0000"), PATH, allowed=(mark,))[1] != ()


def test_no_fingerprint_is_told_of_what_people_think_up() -> None:
    _, (problem,) = mask(f"password: {made_up.password()}\n", PATH)
    assert problem.message == "masked as a credential: password"


# Time -------------------------------------------------------------------------------------------

BAITS = (
    "-----BEGIN PRIVATE KEY-----",
    "| password |\n|---|\n",
    "token=",
    "password ",
    "password" + " " * 50,
    "cookie:",
    "eyJ",
    "-eyJ",
    "http://a:",
    "a@",
    "sl.",
    "fm2_=",
    "SharedAccessKey=",
    "M" * 25 + ".",
    "1234567890:",
    "|",
    "a-v1",
    "Aa",
    "a.",
)


@pytest.mark.parametrize("bait", BAITS)
def test_time_is_linear(bait: str) -> None:
    def seconds(size: int) -> float:
        text = "password: " + bait * (size // len(bait))
        start = time.process_time()
        find_credentials(text)
        return time.process_time() - start

    seconds(1000)
    assert growth(seconds, 20_000) < LINEAR


NAMED = "gh" + "p_" + made_up.make(made_up.ANY, 36, 5)


@pytest.mark.parametrize("form", ["{}.md", "a/{}.md", "session-log-{}.md", "log_{}.txt", "a/b {}"])
def test_the_name_of_a_file_is_masked(form: str) -> None:
    shown, problems = mask_name(form.format(NAMED))
    assert shown == form.format("(masked:github-token)")
    assert [problem.path for problem in problems] == [shown]
    assert NAMED not in str(problems)


@pytest.mark.parametrize(
    "name", ["session-log-0123456789abcdef0123.md", "docs/a-b_c.md", f"x-{'a' * 400}.md", ""]
)
def test_other_names_stay(name: str) -> None:
    assert mask_name(name) == (name, ())
