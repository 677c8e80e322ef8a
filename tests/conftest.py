"""What many tests need."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import settings

from assistant.records import Pair, Person, Wish

settings.register_profile("prep", deadline=None)  # time is measured in bench/, never in a test
settings.load_profile("prep")


@pytest.fixture(scope="session")
def pair() -> Pair:
    """The pair of the handbook: Noor is the mentor, Willem the mentee, Fatima somebody else."""
    return Pair(
        slug="noor-willem",
        path="pairs/noor-willem/pair.toml",
        language="nl",
        cadence="2 months",
        started=dt.date(2026, 1, 15),
        minutes=60,
        sessions=6,
        mentor=Person("Noor van der Velde", ("NvdV",), "noor@example.org", "@noor", "product owner"),
        mentee=Person("Willem Achterberg", ("WA",), role="directeur operations"),
        people=(Person("Fatima El Amrani", ("Fatima",), role="vestigingsmanager Tilburg"),),
        scope=(Wish("AI-hulpmiddelen", 5),),
        out_of_scope=(Wish("beoordelingen", 6),),
        interests=(Wish("digitale hulpmiddelen in de vestigingen", 17),),
        learning=(Wish("hoe besluiten op directieniveau ontstaan", 12),),
    )
