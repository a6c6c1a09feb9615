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
from riskbook.core.values import JOINER, NO_BREAK_SPACE, TAGS, UNSEEN, VARIANTS, clean

TEXTS = ("text", "long", "people")
_UNSEEN = re.compile(
    f"[{UNSEEN}\u2028\u2029]"
    # a variant belongs behind a picture or in a key cap, a tag in the flag of England
    f"|(?<![\u2190-\U0010ffff])[{VARIANTS}](?!\u20e3)"
    f"|(?<![\U0001f3f4\U000e0020-\U000e007f])[{TAGS}]"
)
_JOINER = re.compile(f"(?<![\u2190-\U0010ffff]){JOINER}")  # between pictures it belongs there
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffc-\uffff]|_x[0-9A-Fa-f]{4}_")
# full width, ligatures, circled and mathematical letters
_WIDE = re.compile("[\uff01-\uff5e\ufb00-\ufb06\u24b6-\u24e9\U0001d400-\U0001d7ff]")
# spaces of other widths; good print has them in prose
_SPACE = re.compile("[\u1680\u2000-\u200a\u202f\u205f\u3000]")
# letters of the Cyrillic and the Greek alphabet that look like Latin ones
_LIKE = "АВЕЅІЈКМНОРСТУХаеѕіјорсухьԁһ\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d"
_LIKE += "\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03c1\u03bd\u03b9"
_MIXED = re.compile(rf"\b(?=\w*[A-Za-z0-9])\w*?([{_LIKE}])")
# no closing quotation mark after it, and no letters or digits left out: '90s, 'tis
_QUOTE = re.compile(
    r"'(?!\d\d(?:s|\b)|(?:tis|twas|twere|til)\b|.*[\w.,!?]['\u2019](?!\w))",
    re.DOTALL | re.IGNORECASE,
)


def odd(text: str) -> str:
    """The first character of a text that is not what it looks like, by name; or nothing."""
    for pattern in (_UNSEEN, _JOINER, _CONTROL, _WIDE, _SPACE, _MIXED):
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
        spaces = () if each.kind == "long" else (_SPACE,)
        for code, what, patterns in (
            ("RB216", "which nobody sees", (_UNSEEN, _JOINER)),
            ("RB217", "which is no text", (_CONTROL,)),
            ("RB218", "which looks like another character", (_WIDE, _MIXED, *spaces)),
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
        if NO_BREAK_SPACE in each.text and each.kind != "long" and clean(each.text):
            what = "holds a no-break space, read as a space."
            fix = "Type a space over it, so that filters find the text."
            yield _told(case, "RB231", each, what, fix)


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    unseen,
    cut,
    apostrophes,
    no_break_spaces,
)
