"""The public names of the core: all there, sorted, and what the first docstring shows is true."""

import doctest

import sessionlog_core


def test_every_public_name_is_there_and_sorted() -> None:
    names = sessionlog_core.__all__
    assert [name for name in names if not hasattr(sessionlog_core, name)] == []
    assert names == sorted(names, key=lambda name: (not name.isupper(), name[0].islower(), name))


def test_names_are_listed_and_each_is_sought_in_its_home() -> None:
    assert set(sessionlog_core.__all__) <= set(dir(sessionlog_core))
    assert set(sessionlog_core._HOMES) == set(sessionlog_core.__all__)


def test_the_first_example_runs() -> None:
    found = doctest.testmod(sessionlog_core)
    assert found.attempted
    assert not found.failed
