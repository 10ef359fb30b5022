"""What a label says of how long a session took."""

import pytest

from sessionlog_core.fields import read_duration
from sessionlog_core.vocabulary import DEFAULT


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("2h30", 150),
        ("1h15min", 75),
        ("2 h 15", 135),
        ("1 heure 30", 90),
        ("2:30 h", 150),
        ("1,5 h", 90),
        ("90 min", 90),
        ("09:00–11:30", 150),
        ("PT1H30M", 90),
        ("3 Stunden", 180),
        ("2-3 hours", None),
        ("30 to 45 min", None),
        ("long", None),
    ],
)
def test_a_duration_is_read_as_it_is_meant(value: str, minutes: int | None) -> None:
    assert read_duration(value) == minutes


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("done", "closed"),
        ("100% complete", "closed"),
        ("90% complete", "open"),
        ("nearly done", "open"),
        ("partly done", "open"),
        ("teilweise erledigt", "open"),
        ("ready to merge", "open"),
        ("shipped", "closed"),
        ("planned", "planned"),
        ("complete, coverage 98%", "closed"),
    ],
)
def test_a_state_that_is_taken_back_is_open(value: str, state: str) -> None:
    assert DEFAULT.state(value) == state
