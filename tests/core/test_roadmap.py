"""Milestones and items of roadmaps in all their shapes."""

from pathlib import Path

import pytest

from sessionlog_core.outline import NodeKind, read_outline
from sessionlog_core.problems import Code
from sessionlog_core.roadmap import Roadmap, join_roadmaps, read_roadmap
from sessionlog_core.roadmap_words import name_of, state_of
from tests.fixture_files import Case, read_cases

CASES = read_cases(Path(__file__).parent / "fixtures" / "roadmap.txt")


def told(road: Roadmap) -> str:
    lines = [f"{m.title}: {m.state}" for m in road.milestones]
    for item in road.items:
        ids = f" | {' '.join(item.ids)}" if item.ids else ""
        lines.append(f"{item.source.line} {item.state} {item.milestone} | {item.text}{ids}")
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_roadmap(case: Case) -> None:
    assert told(read_roadmap(case.input + "\n", "ROADMAP.md")) == case.expected


RST = """Roadmap
=======

Alpha 3
-------

- [x] Logging per ADR-014
- [ ] Locks

Beta
----

Stations (done)
    In one file each.

Tides
    Planned, for the summer.

Waves
-----

.. list-table::
   :header-rows: 1

   * - Task
     - Status
   * - Measure
     - done
   * - Draw
     - open
"""


def test_restructuredtext() -> None:
    pytest.importorskip("docutils")
    assert told(read_roadmap(RST, "docs/roadmap.rst")).split("\n") == [
        "Alpha 3: in-progress",
        "Beta: in-progress",
        "Waves: in-progress",
        "7 done Alpha 3 | Logging per ADR-014 | ADR-014",
        "8 open Alpha 3 | Locks",
        "13 done Beta | Stations (done)",
        "16 open Beta | Tides",
        "27 done Waves | Measure",
        "29 open Waves | Draw",
    ]


ORG = """#+TITLE: Roadmap
* Harbour
** TODO Dredge
- [ ] Measure with =quay.py= and ~tide -n~
- [X] Walk /slowly/ to [[https://e.org][the pier]]
- [ ] Draw [[file:docs/map.org]] below [[*Dredge][that]], from /usr/lib to a=b=c
#+begin_src sh
echo =x= [[a/b][c]]
#+end_src
** DONE Paint
- [X] The bell
"""


def test_org_is_shown_as_it_is_meant() -> None:
    assert told(read_roadmap(ORG, "ROADMAP.org")).split("\n") == [
        "Dredge: open",
        "Paint: done",
        "4 open Dredge | Measure with `quay.py` and `tide -n`",
        "5 done Dredge | Walk *slowly* to [the pier](<https://e.org>)",
        "6 open Dredge | Draw [docs/map.org](<docs/map.org>) below that, from /usr/lib to a=b=c",
        "11 done Paint | The bell",
    ]
    (code,) = (n for n in read_outline(ORG, "ROADMAP.org")[0].nodes if n.kind is NodeKind.CODE)
    assert code.text == "echo =x= [[a/b][c]]\n"


ASCIIDOC = """= Roadmap

== Harbour

* [ ] Measure with `quay.py` and `+*x*+`, see <<Paint>> and <<map,the map>>
* [x] Walk _slowly_ to https://e.org[the pier^]
* [*] Draw link:docs/map.adoc[the map,window=_blank], no `https://e.org[link]`
"""


def test_asciidoc_is_shown_as_it_is_meant() -> None:
    assert told(read_roadmap(ASCIIDOC, "docs/roadmap.adoc")).split("\n") == [
        "Harbour: in-progress",
        "5 open Harbour | Measure with `quay.py` and `*x*`, see Paint and the map",
        "6 done Harbour | Walk _slowly_ to [the pier](<https://e.org>)",
        "7 done Harbour | Draw [the map](<docs/map.adoc>), no `https://e.org[link]`",
    ]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("not started", "open"),
        ("Not-Started", "open"),
        ("started", "in-progress"),
        ("Completed", "done"),
        ("incomplete", "open"),
        ("✅", "done"),
        ("100 %", "done"),
        ("40%", "in-progress"),
        ("0%", "open"),
        ("em andamento", "in-progress"),
        ("erledigt", "done"),
        ("已完成", "done"),
        ("进行中", "in-progress"),
        ("harbour", None),
    ],
)
def test_states(text: str, state: str | None) -> None:
    assert state_of(text) == state


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("**T001**: Remove the flag", "T001"),
        ("T016 - stations", "T016"),
        ("🔴 **T-WAVE-001**: Waves", "T-WAVE-001"),
        ("Locks per ADR-027", None),
        ("T009-T015: stations", None),
        ("Phase 3: stations", "Phase 3"),
        ("UTF-8 everywhere", None),
        ("Stations", None),
    ],
)
def test_names(text: str, name: str | None) -> None:
    assert name_of(text) == name


def test_keys_are_ids_or_words_and_stand_once() -> None:
    text = "# R\n\n## A\n\n- [ ] T001: x\n- [ ] Tide tables\n- [ ] Tide tables\n- [ ] 潮汐\n"
    keys = [item.key for item in read_roadmap(text, "roadmap.md").items]
    assert keys[:3] == ["t001", "tide-tables", "tide-tables.2"]
    assert len(set(keys)) == 4


def test_several_roadmaps_are_one() -> None:
    text = "# R\n\n## A\n\n- [ ] Tides\n"
    road = join_roadmaps([read_roadmap(text, "a.md"), read_roadmap(text, "b.md")])
    assert [item.key for item in road.items] == ["tides", "tides.2"]
    assert [item.milestone_key for item in road.items] == ["a", "a.2"]


def test_a_file_without_items_is_told() -> None:
    road = read_roadmap("Nothing but prose.\n", "roadmap.md")
    assert road.items == ()
    assert [(p.code, p.path, p.grave) for p in road.problems] == [
        (Code.ROADMAP, "roadmap.md", False)
    ]


def test_a_row_that_mentions_an_item_of_another_roadmap_is_none() -> None:
    table = read_roadmap("# Plan\n\n| ID | Task |\n|---|---|\n| T001 | parser |\n", "ROADMAP.md")
    listed = read_roadmap("# Tasks\n\n- [x] T001 parser\n", "TASKS.md")
    for roadmaps in ([table, listed], [listed, table]):
        (item,) = join_roadmaps(roadmaps).items
        assert (item.key, item.state) == ("t001", "done")
    assert [item.key for item in join_roadmaps([table]).items] == ["t001"]
