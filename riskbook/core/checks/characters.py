"""Characters in texts that nobody sees, or that look like others (RB216 to RB220, RB231).

Texts are left as they were typed.  An entry that its column does not allow because of such
a character has its finding there; the character is named in what to do about it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.grid import Kind
from riskbook.core.model import Entry
from riskbook.core.profile import LONGEST_TEXT, Column
from riskbook.core.values import NO_BREAK_SPACE

TEXTS = ("text", "long", "people")
_UNSEEN = re.compile("[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
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


def _texts(case: Case) -> Iterator[tuple[Column, Entry, str]]:
    for table, records in case.tables():
        columns = [column for column in table.columns if column.kind in TEXTS]
        for record in records:
            for column in columns:
                entry = record.entries.get(column.field)
                if entry and entry.cell.kind is Kind.TEXT:
                    yield column, entry, entry.cell.text


def _told(case: Case, code: str, column: Column, entry: Entry, message: str, fix: str) -> Finding:
    return case.finding(code, entry.at, message, fix, field=column.field, value=entry.cell.text)


def unseen(case: Case) -> Iterator[Finding]:
    """RB216, RB217, RB218: characters that nobody sees, remains of others, and look-alikes."""
    for column, entry, text in _texts(case):
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
                message = f"the text under {column.heading} holds {name}, {what}."
                yield _told(case, code, column, entry, message, "Type that word again.")


def cut(case: Case) -> Iterator[Finding]:
    """RB219: a text that fills its cell to the last character was probably longer."""
    for column, entry, text in _texts(case):
        if len(text) == LONGEST_TEXT:
            yield _told(
                case,
                "RB219",
                column,
                entry,
                f"the text under {column.heading} fills its cell: its end was probably cut off.",
                "Look at its end, and move a part of it to a document of its own.",
            )


def apostrophes(case: Case) -> Iterator[Finding]:
    """RB220: an apostrophe that is part of a text was perhaps meant to make it one."""
    for column, entry, text in _texts(case):
        if _QUOTE.match(text):
            yield _told(
                case,
                "RB220",
                column,
                entry,
                f"the text under {column.heading} begins with an apostrophe that is part of it.",
                "Delete the apostrophe, unless the text needs it.",
            )


def no_break_spaces(case: Case) -> Iterator[Finding]:
    """RB231: read as spaces, but a filter or a search in Excel does not find them."""
    for column, entry, text in _texts(case):
        if NO_BREAK_SPACE in text and column.kind != "long":
            yield _told(
                case,
                "RB231",
                column,
                entry,
                f"the text under {column.heading} holds a no-break space, read as a space.",
                "Type a space over it, so that filters find the text.",
            )


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    unseen,
    cut,
    apostrophes,
    no_break_spaces,
)
