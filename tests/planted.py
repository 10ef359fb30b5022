"""Credentials that open nothing, each in a place of its own in; the files that hold them out.

Every value is made from parts, so that none stands in the repository.
"""

from collections.abc import Mapping
from pathlib import Path

from tests.core.made_up import ANY, BASE64, HEX, URL, make, pair, password, pem

VALUES: Mapping[str, str] = {
    "heading": "gh" + "p_" + make(ANY, 36, 2),
    "title": "gl" + "pat-" + make(URL, 20, 3),
    "table": "xo" + "xb-" + make("123456789", 12) + "-" + make(ANY, 24, 4),
    "fence": "sk" + "_live_" + make(ANY, 24, 5),
    "url": password(21),
    "query": make(ANY, 40, 6),
    "link": "gh" + "o_" + make(ANY, 36, 7),
    "image": "np" + "m_" + make(ANY, 36, 8),
    "step": "sk" + "-ant-api03-" + make(URL, 93, 9) + "AA",
    "decision": "h" + "f_" + make(ANY[:52], 34, 10),
    "branch": "gh" + "s_" + make(ANY, 36, 11),
    "status": "py" + "pi-" + make(URL, 120, 12),
    "front-matter": make(ANY, 32, 13),
    "roadmap": "do" + "p_v1_" + make(HEX, 64, 14),
    "quote": "AI" + "za" + make(URL, 35, 15),
    "nested": "S" + "G." + make(URL, 22, 16) + "." + make(URL, 43, 17),
    "comment": "gh" + "u_" + make(ANY, 36, 18),
    "unseen": "gh" + "r_" + make(ANY, 36, 19),
    "basic": pair(20),
    "prose": password(22),
    "key": make(BASE64, 64, 40),
    "diff": "da" + "pi" + make(HEX, 32, 23),
    "utf-16": "sq" + "p_" + make(HEX, 40, 24),
    "rst": "ts" + "key-auth-" + make(URL, 40, 25),
    "name": "gh" + "p_" + make(ANY, 36, 26),
    "bold": "dckr" + "_pat_" + make(URL[:62], 27, 27),
    "entry": "nf" + "p_" + make(ANY, 40, 28),
}
"""Place -> what is planted there."""


def planted() -> dict[str, str | bytes]:
    """Give name -> content of the files of a project that hold all of them."""
    v = VALUES
    unseen = v["unseen"][:10] + "\u200b" + v["unseen"][10:]
    key = pem().replace(pem().split("\n")[2], v["key"])
    log = f"""\
---
api_key: {v["front-matter"]}
---

# Log {v["title"]}

## Session 1 - 2026-01-02: Rolled {v["heading"]} (OPEN)

**Branch:** {v["branch"]}
**Status:** {v["status"]}

Stored postgres://app:{v["url"]}@db.example.com/x, called
https://api.example.com/v1?access_token={v["query"]} and saw
[the page](https://ci.example.com/{v["link"]}/log) and ![it](https://x.example.com/{v["image"]}.png).
The admin password is {v["prose"]}. GOODWORDS stay, **{v["bold"]}** and `{unseen}` do not.

| Name | Value |
|---|---|
| slack | {v["table"]} |

```sh
export STRIPE={v["fence"]}
curl -H "Authorization: Basic {v["basic"]}" x
```

> {v["quote"]}

- a
   - b
      - c {v["nested"]}

<!-- {v["comment"]} -->

{key}

### Next steps

- [ ] rotate {v["step"]}

### Decisions

- **Keep {v["decision"]}**: because

- 2026-01-01: {v["entry"]}
"""
    diff = "\n".join(
        (
            *("--- /dev/null", "+++ b/progress.md", "@@ -0,0 +1,3 @@"),
            *("+# Log", "+", f"+## Session 3 - 2026-01-04: Token {v['diff']}"),
        )
    )
    wide = f"# Log\n\n## Session 4 - 2026-01-05: {v['utf-16']}\n"
    return {
        "session-log.md": log,
        "progress.md": f"{diff}\n",
        "wide/session-log.md": wide.encode("utf-16"),
        "rst/session-log.rst": f"Log\n===\n\nSession 5 - 2026-01-06\n----------\n\n{v['rst']}\n",
        f"logs/session-log-{v['name']}.md": "# Log\n\n## Session 6 - 2026-01-07\n\n- words\n",
        "ROADMAP.md": f"# Roadmap\n\n- [ ] T001 rotate {v['roadmap']}\n",
    }


def write_planted(root: Path) -> None:
    for name, content in planted().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def found_in(folder: Path) -> dict[str, list[str]]:
    """Give place -> files below a folder that hold, or are called by, what was planted there."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    texts = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {
        place: names
        for place, value in VALUES.items()
        if (
            names := [
                name
                for name, data in texts.items()
                if value in name or value.encode() in data or value.encode("utf-16-le") in data
            ]
        )
    }
