"""`prep commitments`: the list, and corrections that outlast the reader."""

from __future__ import annotations

from cli.conftest import Prep, Programme

NOTE = "## Actions\n\n- [ ] Willem: sit at the counter for a morning, by 1 May\n- [ ] Noor: map what the tools are used for\n"
AS_OF = ["--today", "2026-04-01"]


def listed(prep: Prep, *words: str) -> list[tuple[str, str, str]]:
    found = prep("commitments", "--json", "--all", *AS_OF, *words).json["commitments"]
    return [(c["owner"], c["status"], c["text"]) for c in found]


def ids(prep: Prep) -> dict[str, str]:
    return {c["owner"]: c["id"] for c in prep("commitments", "--json", "--all", *AS_OF).json["commitments"]}


def test_json_has_the_keys_of_the_contract(prep: Prep, programme: Programme) -> None:
    programme.note("2026-03-10", NOTE)
    answer = prep("commitments", "--json", *AS_OF).json
    assert answer["schema"] == "prep.commitments/1"
    first = answer["commitments"][0]
    assert {"id", "text", "owner", "made", "due", "status", "closed_on", "level", "sources"} <= first.keys()
    assert (first["owner"], first["made"], first["due"], first["level"]) == (
        "mentee",
        "2026-03-10",
        "2026-05-01",
        "pair",
    )
    source = answer["sources"][first["sources"][0]]
    assert (source["path"], source["line"]) == ("pairs/noor-willem/sessions/2026-03-10.md", 3)


def test_done_drop_open_and_not_hold_from_then_on(prep: Prep, programme: Programme) -> None:
    programme.note("2026-03-10", NOTE)
    known = ids(prep)
    prep("commitments", "--done", known["mentee"], *AS_OF)
    assert ("mentee", "done", "sit at the counter for a morning, by 1 May") in listed(prep)
    prep("commitments", "--open", known["mentee"], *AS_OF)
    prep("commitments", "--drop", known["mentor"], *AS_OF)
    assert [(o, s) for o, s, _ in listed(prep)] == [("mentee", "open"), ("mentor", "dropped")]
    prep("commitments", "--not", known["mentor"], *AS_OF)
    assert [o for o, _, _ in listed(prep)] == ["mentee"]
    assert "sit at the counter" in prep("next-session", "--json", "--no-save", *AS_OF).out


def test_corrections_survive_edits_of_the_note(prep: Prep, programme: Programme) -> None:
    path = programme.note("2026-03-10", NOTE)
    prep("commitments", "--done", ids(prep)["mentee"], *AS_OF)
    path.write_text("A line more.\n\n" + NOTE.replace("for a morning", "for one morning"), encoding="utf-8")
    assert ("mentee", "done") in [(o, s) for o, s, _ in listed(prep)]
    (programme.root / ".prep").rename(programme.root / "gone")
    assert ("mentee", "done") in [(o, s) for o, s, _ in listed(prep)]


def test_add_puts_a_promise_that_no_note_has(prep: Prep, programme: Programme) -> None:
    programme.note("2026-03-10", NOTE)
    prep("commitments", "--add", "Bring the shop floor list", "--owner", "mentor", "--due", "2026-05-02", *AS_OF)
    assert ("mentor", "open", "Bring the shop floor list") in listed(prep)
    agenda = prep("next-session", "--json", "--no-save", *AS_OF).json
    added = next(c for c in agenda["commitments"] if c["text"].startswith("Bring"))
    source = agenda["sources"][added["sources"][0]]
    lines = (programme.root / source["path"]).read_text(encoding="utf-8").split("\n")
    assert source["quote"] in lines[source["line"] - 1]


def test_corrections_can_be_read_and_mended_by_hand(prep: Prep, programme: Programme) -> None:
    programme.note("2026-03-10", NOTE)
    prep("commitments", "--done", ids(prep)["mentee"], *AS_OF)
    path = programme.root / "pairs" / "noor-willem" / "corrections.md"
    text = path.read_text(encoding="utf-8")
    assert "- done c-" in text
    path.write_text(text.replace("- done", "- drop") + "- something else entirely\n", encoding="utf-8")
    assert ("mentee", "dropped") in [(o, s) for o, s, _ in listed(prep)]
    assert "corrections.md:7: is no correction" in prep("commitments", *AS_OF).err


def test_an_unknown_id_is_a_usage_error_that_changes_nothing(prep: Prep, programme: Programme) -> None:
    programme.note("2026-03-10", NOTE)
    assert prep("commitments", "--done", "c-ffffff", *AS_OF, ok=False).code == 2
    assert not (programme.root / "pairs" / "noor-willem" / "corrections.md").exists()
