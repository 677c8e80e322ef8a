"""LibreOffice, where it is installed: a Word document as another program than Word sets it on pages."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
MISSING = "" if SOFFICE and PDFTOTEXT else "needs soffice (LibreOffice Writer) and pdftotext (poppler-utils)"
_OUR_NOTE_SIGNS = re.compile(r"\s?\[[a-z]\d+(?:, [a-z]\d+)*\]|^- \[[ xX]\] ", re.MULTILINE)


_OUR_LIST = re.compile(r"\n## [^\n]+\n\n(?=- \[[a-z]\d+\] )")  # its sources are footnotes, which need no heading


def pages(documents: Sequence[Path], home: Path) -> list[Path]:
    """The PDF of each document, made by LibreOffice in one go and without a window."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [str(SOFFICE), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf",
             "--outdir", str(home), *map(str, documents)],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
    return [home / f"{path.stem}.pdf" for path in documents]


def text_of(pdf: Path) -> str:
    """The text of a PDF in reading order."""
    return subprocess.run(
        [str(PDFTOTEXT), "-enc", "UTF-8", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout


def words_of(markdown: str) -> list[str]:
    """The words that a draft says, its places among them, without the signs that a Word document has otherwise."""
    return re.findall(r"[^\W_]+", _OUR_NOTE_SIGNS.sub(" ", _OUR_LIST.sub("\n", markdown)).replace("&lt;", "<"))


def lost(markdown: str, pdf: str) -> list[str]:
    """The words of a draft that stand in a PDF less often than in the draft. Words cut at a line's end are whole again."""
    whole = re.sub(r"-\n", "-", pdf)
    there = "".join(re.findall(r"[^\W_]+", whole))
    wanted = words_of(markdown)
    return sorted({word for word in wanted if there.count(word) < wanted.count(word)})
