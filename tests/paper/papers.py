"""Papers made by hand, drawn as PDFs, and what two checkers of PDF/UA have against them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import outloud
import pdfua

from riskbook.core.blocks import Block, Paper, Section, Table
from riskbook.core.page import PageCell
from riskbook.edge.documents import profiles
from riskbook.edge.paper import pdf
from riskbook.edge.template.looks import looks

LOOKS = looks(profiles.load("council-5x5"))
MOMENT = datetime(2021, 6, 30, tzinfo=UTC)


def paper(*sections: Section, **more: Any) -> Paper:
    told: dict[str, Any] = {
        "title": "Risk Register",
        "organisation": "Anytown Council",
        "period": "2021/22 Q1",
        "as_at": "Position as at 30 June 2021",
        "introduction": "",
        "made": "riskbook",
    }
    return Paper(**{**told, **more}, sections=sections)


def of(*blocks: Block, sheet: str = "a4", title: str = "Summary of risks") -> Section:
    return Section(title, blocks, sheet)


def grid(*rows: str, widths: tuple[int, ...] = (), style: str = "rb wrap") -> Table:
    """A table of rows written as ``a | b | c``, headings first."""
    split = [[text.strip() for text in row.split("|")] for row in rows]
    head, *body = split
    return Table(
        tuple(PageCell(text, "rb head") for text in head),
        tuple(tuple(PageCell(text, style) for text in row) for row in body),
        widths or (20,) * len(head),
    )


def drawn(*sections: Section, **more: Any) -> bytes:
    return pdf.render_paper(paper(*sections, **more), LOOKS, MOMENT)


def complaints(data: bytes, folder: Path) -> list[str]:
    """What two checkers of PDF/UA have against a file."""
    path = folder / "checked.pdf"
    path.write_bytes(data)
    found = [f"{f.rule} {f.message} {f.evidence}" for f in outloud.check(str(path)).findings]
    return found + [f"{f.rule_id} {f.message}" for f in pdfua.validate(str(path)).findings]
