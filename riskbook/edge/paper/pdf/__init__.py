"""The committee report as a PDF that everybody can read, screen readers too.

::

    Outcome -> Paper -> plain data (JSON) -> looks, tables, maps, report.typ -> PDF/UA-1

The entries reach typst as data and never as markup, so ``#``, ``$`` or ``*`` in an entry
is printed as it was typed.  This is the one home of typst.  The fonts are those that
typst brings along, so that the same register gives the same bytes on every machine; only
a character that they lack is looked for in the machine's own fonts.
"""

import json
import re
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

import typst

from riskbook.app import Outcome
from riskbook.core.blocks import Paper
from riskbook.edge.paper.pdf.sections import content
from riskbook.edge.paper.printed import Styles, moment_of, paper_of
from riskbook.edge.template.looks import looks

__all__ = [
    "handed_over",
    "page_count",
    "render",
    "render_paper",
    "source",
]

STANDARD: Final = "ua-1"  # PDF/UA-1, ISO 14289-1: tagged, titled, with a language
SOURCES: Final = ("looks.typ", "tables.typ", "maps.typ", "report.typ")  # one after the other
UNKNOWN = "\ufffd"
_LACKING = re.compile(r'the text `"(.*?)"` could not be displayed')
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_PAGE = re.compile(rb"/Type\s*/Page\b")


def render(outcome: Outcome) -> bytes:
    """The report as a PDF; the same outcome gives the same bytes."""
    return render_paper(paper_of(outcome), looks(outcome.profile), moment_of(outcome))


def render_paper(paper: Paper, styles: Styles, moment: datetime) -> bytes:
    """Any paper as a PDF; ``moment`` is when it says it was made."""
    return _compiled(handed_over(paper, styles), moment)


def handed_over(paper: Paper, styles: Styles) -> str:
    """What typst is given beside its source: the paper as JSON."""
    return json.dumps(content(paper, styles), ensure_ascii=False)


@cache
def source() -> bytes:
    """The layout, as typst reads it."""
    folder = files("riskbook.edge.paper.pdf")
    return b"\n".join(folder.joinpath(name).read_bytes() for name in SOURCES)


def page_count(pdf: bytes) -> int:
    """How many pages a report has."""
    return len(_PAGE.findall(pdf))


def _compiled(text: str, moment: datetime) -> bytes:
    """Typst's own fonts first; then the machine's; then a mark for what no font has."""
    for with_system in (False, True):
        try:
            return _compile(text, moment, system=with_system)
        except typst.TypstError as error:
            lacking = _lacking(error)
            if not lacking:
                raise
    marked = text.translate(dict.fromkeys(map(ord, lacking), UNKNOWN))
    return _compile(marked, moment, system=True)


def _compile(text: str, moment: datetime, *, system: bool) -> bytes:
    compiler = typst.Compiler(
        source(),
        font_paths=_fonts(system),
        sys_inputs={"report": text},
    )
    made = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=moment)
    if not isinstance(made, bytes):
        raise ValueError("typst gave no PDF")
    return made


@cache
def _fonts(system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=True)


def _lacking(error: typst.TypstError) -> set[str]:
    """The characters that no font has, as typst names them."""
    found = "".join(_LACKING.findall(error.diagnostic))
    return set(_CODE.sub(lambda code: chr(int(code[1], 16)), found))
