"""Characters in texts that nobody sees, or that look like others (RB216 to RB220, RB231).

Texts are left as they were typed.  An entry that its column does not allow because of such
a character has its finding there; the character is named in what to do about it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.grid import CellRef, Kind
from riskbook.core.profile import LONGEST_TEXT
from riskbook.core.values import NO_BREAK_SPACE

TEXTS = ("text", "long", "people")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0100-\U000e01ef]"
    # a variant belongs behind a picture or in a key cap, a tag in the flag of England
    "|(?<![\u2190-\U0010ffff])[\ufe00-\ufe0f](?!\u20e3)"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0001-\U000e007f]"
)
_JOINER = re.compile("(?<![\u2190-\U0010ffff])\u200d")  # between pictures it belongs there
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd-\uffff]|_x[0-9A-Fa-f]{4}_")
# full width, ligatures, circled and mathematical letters
_WIDE = re.compile("[\uff01-\uff5e\ufb00-\ufb06\u24b6-\u24e9\U0001d400-\U0001d7ff]")
# letters of the Cyrillic and the Greek alphabet that look like Latin ones
_LIKE = "АВЕЅІЈКМНОРСТУХаеѕіјорсухьԁһ\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d"
_LIKE += "\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03c1\u03bd\u03b9"
_MIXED = re.compile(rf"\b(?=\w*[A-Za-z0-9])\w*?([{_LIKE}])")
_QUOTE = re.compile(r"'(?!.*\w'(?!\w))", re.DOTALL)  # with no closing quotation mark after it


def odd(text: str) -> str:
    """The first character of a text that is not what it looks like, by name; or nothing."""
    for pattern in (_UNSEEN, _JOINER, _CONTROL, _WIDE, _MIXED):
        if found := pattern.search(text):
            return named(found[1] if pattern is _MIXED else found[0])
    return "an apostrophe as its first character" if text.startswith("'") else ""


def named(character: str) -> str:
    """``zero width space (U+200B)``; a longer piece of text as it is."""
    if len(character) > 1:
        return repr(character)
    name = unicodedata.name(character, "control character").lower()
    return f"{name} (U+{ord(character):04X})"


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that was typed: where, under which heading."""

    text: str
    at: CellRef
    where: str  # "under Risk Owner", "beside Title"
    field: str = ""
    kind: str = "long"


def _texts(case: Case) -> Iterator[_Text]:
    """Every text of the register sheets; the entries of About are judged as long ones."""
    for said in case.reading.about:
        if said.cell.kind is Kind.TEXT:
            yield _Text(said.cell.text, said.at, f"beside {said.label}")
    for table, records in case.tables():
        columns = [column for column in table.columns if column.kind in TEXTS]
        for record in records:
            for column in columns:
                entry = record.entries.get(column.field)
                if entry and entry.cell.kind is Kind.TEXT:
                    text = entry.cell.text
                    yield _Text(
                        text, entry.at, f"under {column.heading}", column.field, column.kind
                    )


def _told(case: Case, code: str, text: _Text, what: str, fix: str) -> Finding:
    message = f"the text {text.where} {what}"
    return case.finding(code, text.at, message, fix, field=text.field, value=text.text)


def unseen(case: Case) -> Iterator[Finding]:
    """RB216, RB217, RB218: characters that nobody sees, remains of others, and look-alikes."""
    for each in _texts(case):
        text = each.text
        if text.isascii() and "_x" not in text and text.replace("\n", "").isprintable():
            continue  # nearly every text: the patterns are slow on long ones
        for code, what, patterns in (
            ("RB216", "which nobody sees", (_UNSEEN, _JOINER)),
            ("RB217", "which is no text", (_CONTROL,)),
            ("RB218", "which looks like another character", (_WIDE, _MIXED)),
        ):
            found = next(filter(None, (pattern.search(text) for pattern in patterns)), None)
            if found:
                name = named(found[found.re.groups])
                yield _told(case, code, each, f"holds {name}, {what}.", "Type that word again.")


def cut(case: Case) -> Iterator[Finding]:
    """RB219: a text that fills its cell to the last character was probably longer."""
    for each in _texts(case):
        if len(each.text) == LONGEST_TEXT:
            what = "fills its cell: its end was probably cut off."
            fix = "Look at its end, and move a part of it to a document of its own."
            yield _told(case, "RB219", each, what, fix)


def apostrophes(case: Case) -> Iterator[Finding]:
    """RB220: an apostrophe that is part of a text was perhaps meant to make it one."""
    for each in _texts(case):
        if _QUOTE.match(each.text):
            what = "begins with an apostrophe that is part of it."
            fix = "Delete the apostrophe, unless the text needs it."
            yield _told(case, "RB220", each, what, fix)


def no_break_spaces(case: Case) -> Iterator[Finding]:
    """RB231: read as spaces, but a filter or a search in Excel does not find them."""
    for each in _texts(case):
        if NO_BREAK_SPACE in each.text and each.kind != "long":
            what = "holds a no-break space, read as a space."
            fix = "Type a space over it, so that filters find the text."
            yield _told(case, "RB231", each, what, fix)


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    unseen,
    cut,
    apostrophes,
    no_break_spaces,
)
