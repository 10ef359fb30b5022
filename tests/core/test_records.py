"""A record is what a frozen dataclass is, for all who use it."""

import pickle
from dataclasses import astuple, dataclass, field, fields, replace

import pytest

from sessionlog_core.records import record


@record(frozen=True, slots=True)
class Three:
    """A record."""

    name: str
    places: tuple[int, ...] = ()
    told: dict[str, int] = field(default_factory=dict)


@record(frozen=True, slots=True)
class One:
    """A record of one field."""

    name: str


@record(frozen=True, slots=True)
class Nothing:
    """A record of none."""


@record(frozen=True, slots=True)
class Other:
    """Another with the same field."""

    name: str


@pytest.mark.parametrize("made", [Three("a%s", (1, 2), {"x": 1}), One("b"), Nothing()])
def test_record_is_written_as_a_dataclass_is(made: Three | One | Nothing) -> None:
    names = [each.name for each in fields(made)]
    kind = type(type(made).__name__, (), {"__annotations__": dict.fromkeys(names, object)})
    twin = dataclass(frozen=True)(kind)
    assert repr(made) == repr(twin(*(getattr(made, name) for name in names)))


def test_record_compares_by_its_fields_and_its_kind() -> None:
    assert Three("a") == Three("a") != Three("a", (1,))
    assert One("a") == One("a") != One("b")
    assert Nothing() == Nothing()
    assert One("a") != Other("a")
    assert One("a") != "a"


@record(frozen=True, slots=True)
class Noted:
    """A record with a field that says nothing of it."""

    name: str
    seen: set[str] = field(default_factory=set, compare=False)


def test_a_field_that_is_not_compared_is_shown_all_the_same() -> None:
    assert Noted("a", {"x"}) == Noted("a")
    assert hash(Noted("a", {"x"})) == hash(Noted("a"))
    assert repr(Noted("a", {"x"})) == "Noted(name='a', seen={'x'})"


def test_equal_records_have_equal_hashes() -> None:
    assert {One("a"), One("a"), Other("a")} == {One("a"), Other("a")}
    assert hash(Nothing()) == hash(Nothing())


def test_record_is_copied_pickled_and_taken_apart() -> None:
    made = Three("a", (1,), {"x": 1})
    assert pickle.loads(pickle.dumps(made)) == made
    assert replace(made, name="b") == Three("b", (1,), {"x": 1})
    assert astuple(made) == ("a", (1,), {"x": 1})
    assert not hasattr(made, "__dict__")
