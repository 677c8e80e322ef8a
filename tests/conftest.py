"""What many tests need."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

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


@pytest.fixture(scope="session")
def vcr_config() -> dict[str, Any]:
    """How conversations with a model are matched, and what is kept of them."""
    import recorded

    return recorded.CONFIG


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    """Where the conversations of a test module are kept."""
    return str(Path(__file__).resolve().parents[1] / "cassettes" / request.path.stem)


@pytest.hookimpl(optionalhook=True)
def pytest_recording_configure(vcr: Any) -> None:
    """Have cassettes written so that people can read them."""
    import recorded

    vcr.register_serializer("yaml", recorded.Readable)
