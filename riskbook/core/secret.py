"""Which texts the public edition must not hold, and which published entry holds one.

::

    withheld entry -> the whole text, its lines, points and sentences
                      the people in it, the references of its row

Short values (levels, choices of a list, numbers, months) say nothing by themselves, and
neither does a text that is published as an entry of its own, or a sentence that stands in
several published rows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from riskbook.core import values
from riskbook.core.grid import CellRef, Kind
from riskbook.core.layout import ABOUT
from riskbook.core.marks import MARK, REASON
from riskbook.core.model import Due, Entry, Record, Register
from riskbook.core.profile import Column, Profile
from riskbook.core.reading import in_force
from riskbook.core.traces import Finder, How, Secret, pieces, squeezed
from riskbook.core.values import clean
from riskbook.core.withheld import WITHHELD, Held

LONG = 12  # letters and digits: a shorter piece of a text stands in many others
SORTS = ("category", "directorate", "priority", "service")  # what a row is filed under
COMMON = 2  # published rows: what stands in so many is a turn of phrase
# A post stands in many texts and is no secret of one row; a person is.
POST = re.compile(
    r"\b(officers?|heads?|directors?|managers?|executive|chief|lead|leader|teams?|services?"
    r"|councill?ors?|council|portfolio|holder|section|board|committee|group|members?|staff)\b",
    re.IGNORECASE,
)
MONTH_ONLY = re.compile(r"\D*\d{4}|\D+\d\d|\d\d?/\d{4}")

Told = tuple[str, How]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A published text that gives a secret away."""

    secret: Secret
    at: CellRef
    name: str  # of the published entry, e.g. "Update of R1"
    text: str


def named(record: Record, column: Column) -> str:
    """An entry as a message names it: ``Update of R2``."""
    ref = record.text("sub_ref") or record.text("ref") or f"row {record.row}"
    return f"{column.heading} of {ref}"


def secrets(
    register: Register, public: Register, found: Held, profile: Profile
) -> tuple[Secret, ...]:
    """Every secret of a register, the longest first."""
    known = _Known.of(public, found, profile)
    kept: dict[tuple[str, How], Secret] = {}

    def keep(text: str, how: How, at: CellRef, name: str) -> None:
        flat = squeezed(text)
        if flat and not known.says(flat, how):
            longer = known.longer(flat) if how is How.WORD else ()
            secret = Secret(text=text, how=how, at=at, name=name, inside=longer)
            kept.setdefault((flat, how), secret)

    for record, column, entry, chosen in _withheld(register, found, profile):
        for text, how in _told(entry, column, profile, chosen=chosen):
            keep(text, how, entry.at, named(record, column))
    for note in register.about.notes:
        if len(squeezed(note)) >= LONG:
            keep(note, How.ANYWHERE, CellRef(profile.sheets["about"], 1, 1), "a note on About")
    return tuple(sorted(kept.values(), key=lambda secret: -len(secret.text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is published anyway, squeezed."""

    whole: frozenset[str]  # entries, names, headings, words
    parts: Mapping[str, int]  # the pieces of entries, and in how many rows they stand
    refs: tuple[str, ...]  # as typed

    @classmethod
    def of(cls, public: Register, found: Held, profile: Profile) -> "_Known":
        texts = [text for _, text in published_texts(public, profile)]
        people = [
            spelt
            for record, column, entry in _entries(public, profile)
            if column.kind == "people"
            for name in values.people(entry.text, profile.separators)
            for spelt in (name, in_force(name, profile))
        ]
        whole = [*texts, *people, *_words_of(profile), *found.reasons()]
        return cls(
            whole=frozenset(map(squeezed, whole)),
            parts=Counter(flat for _, flat in set(_pieces(public, profile))),
            refs=tuple(e.text for _, c, e in _entries(public, profile) if c.kind == "ref"),
        )

    def says(self, flat: str, how: How) -> bool:
        """Whether a text is published as an entry, or is a turn of phrase."""
        times = self.parts.get(flat, 0)
        return flat in self.whole or times >= COMMON or (times > 0 and how is How.WHOLE)

    def longer(self, flat: str) -> tuple[str, ...]:
        """The published references in which a shorter one stands."""
        return tuple(dict.fromkeys(ref for ref in self.refs if flat in squeezed(ref)))


def published_anyway(
    register: Register, public: Register, found: Held, profile: Profile
) -> Iterator[tuple[Entry, str, CellRef]]:
    """Each text withheld by its column that is published whole elsewhere: its name, and where."""
    known: dict[str, CellRef] = {}
    for (at, _), text in published_texts(public, profile):
        known.setdefault(squeezed(text), at)
    for record, column, entry, chosen in _withheld(register, found, profile):
        flat = squeezed(entry.text)
        prose = column.kind in ("text", "long") and column.field not in SORTS
        if chosen and prose and len(flat) >= LONG and flat in known:
            yield entry, named(record, column), known[flat]


def _words_of(profile: Profile) -> Iterator[str]:
    """What the profile itself prints."""
    yield profile.title
    yield from profile.words.values()
    yield from profile.sheets.values()
    yield from (band.label for band in profile.bands)
    yield from (column.heading for table in profile.tables for column in table.columns)
    yield from (choice for choices in profile.lists.values() for choice in choices)
    for axis, levels in profile.scales.items():
        yield from (level.label for level in levels)
        yield from (profile.label(axis, number) for number in range(1, len(levels) + 1))
    yield from (title for post in profile.posts for title in (post.post, *post.also))


def _entries(public: Register, profile: Profile) -> Iterator[tuple[Record, Column, Entry]]:
    """Each published entry in which something stands."""
    for table, records in zip(profile.tables, (public.risks, public.actions), strict=False):
        for record in records:
            for column in table.columns:
                entry = record.entries.get(column.field)
                if entry and entry.text not in ("", WITHHELD):
                    yield record, column, entry


def _pieces(public: Register, profile: Profile) -> Iterator[tuple[tuple[str, int], str]]:
    """Each piece of a published entry, squeezed, with its sheet and row."""
    for record, _, entry in _entries(public, profile):
        for piece in pieces(entry.text):
            yield (entry.at.sheet, record.row), squeezed(piece)


def published_texts(
    public: Register, profile: Profile
) -> Iterator[tuple[tuple[CellRef, str], str]]:
    """Each published text with the cell and the name of its entry."""
    about = CellRef(profile.sheets["about"], 1, 1)
    for field, label in ABOUT.items():
        yield (about, f"{label} on About"), getattr(public.about, field)
    for record, column, entry in _entries(public, profile):
        yield (entry.at, named(record, column)), entry.text


def mentions(
    found: Iterable[Secret], register: Register, public: Register, profile: Profile
) -> Iterator[Mention]:
    """Each published entry that gives a secret away, with the longest one that it tells."""
    finder = Finder(found)
    for (at, name), text in (*published_texts(public, profile), *_reasons(register, profile)):
        for secret in finder.told(text):
            yield Mention(secret=secret, at=at, name=name, text=text)
            break


def _reasons(register: Register, profile: Profile) -> Iterator[tuple[tuple[CellRef, str], str]]:
    """The reasons for exemption, which are printed."""
    for table, records in zip(profile.tables, (register.risks, register.actions), strict=False):
        for column in filter(None, [table.column(REASON)]):
            for record in records:
                if entry := record.entries.get(REASON):
                    yield (entry.at, named(record, column)), entry.text


def _withheld(
    register: Register, found: Held, profile: Profile
) -> Iterator[tuple[Record, Column, Entry, bool]]:
    """Each withheld entry with its row, and whether it was chosen by its own column."""
    parts = ((register.risks, found.risks), (register.actions, found.actions))
    for table, (records, rows) in zip(profile.tables, parts, strict=False):
        for record in records:
            for column in table.columns:
                entry = record.entries.get(column.field)
                chosen = column.field in found.fields.get((table.sheet, record.row), ())
                withheld = chosen or (record.row in rows and column.field not in (MARK, REASON))
                if entry and withheld and entry.cell.kind is not Kind.ERROR:
                    yield record, column, entry, chosen


def _told(entry: Entry, column: Column, profile: Profile, *, chosen: bool) -> Iterator[Told]:
    """The texts of one entry that must not be found, and how each is looked for."""
    value, text = entry.value, entry.text
    if isinstance(value, Due):
        if not MONTH_ONLY.fullmatch(clean(text)):
            yield text, How.WHOLE
            yield value.day.isoformat(), How.WHOLE
    elif column.kind == "ref":
        if re.search("[A-Za-z]", text):
            yield text, How.WORD if re.search("[0-9]", text) else How.WHOLE
    elif column.kind == "people":
        for name in values.people(text, profile.separators):
            for spelt in dict.fromkeys((name, in_force(name, profile))):
                post = POST.search(spelt) and not chosen
                yield spelt, How.WHOLE if post else How.WORD
    elif isinstance(value, str) and not (
        column.kind == "list" and text in profile.lists[column.choices]
    ):
        yield from _prose(text, column, chosen=chosen)


def _prose(text: str, column: Column, *, chosen: bool) -> Iterator[Told]:
    if column.field in SORTS and not chosen:
        yield text, How.WHOLE
        return
    if len(squeezed(text)) < LONG:
        yield text, How.WORD if column.kind == "text" else How.WHOLE
        return
    yield text, How.ANYWHERE
    for piece in pieces(text):
        if len(squeezed(piece)) >= LONG:
            yield piece, How.ANYWHERE
