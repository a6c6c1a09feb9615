"""The leak check: no finished file of the public edition holds a text that is withheld.

::

    finished bytes -> parts (cells, paragraphs, properties, alternative texts, ...)
                   -> secrets found -> Leak -> the export is refused, and nothing is written

The file is read as a stranger would read it, not as riskbook wrote it, so that a mistake in
what makes the public edition is found here.  This is the one home of pypdf.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from riskbook.app import Outcome
from riskbook.core.traces import Finder, Secret, short
from riskbook.edge.leaks import markup, package, raw, text
from riskbook.edge.leaks.parts import Part, Reading
from riskbook.errors import LeakError

__all__ = ["Leak", "check", "refuse_leaks"]

_TEXTS = {"csv": text.csv_parts, "json": text.json_parts}
DEEPEST = 6  # files inside files


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A withheld text in a finished file."""

    secret: Secret
    place: str


def refuse_leaks(files: Mapping[str, bytes], outcome: Outcome) -> None:
    """Refuse to write files of the public edition that hold a withheld text.

    Args:
        files: the bytes that are going to be written, by the file's name.
        outcome: what they were made from; a full edition has nothing to hide.

    Raises:
        LeakError: it names the withheld entry, where its text stands, and what to reword.
    """
    if outcome.hidden is None:
        return
    for mention in outcome.hidden.mentions[:1]:
        secret = mention.secret
        raise LeakError(
            f"The public edition would say {short(secret.text)!r}, which is withheld "
            f"({secret.name}, {secret.at}): it stands in {mention.name} ({mention.at}), which is "
            "published.",
            fix=f"reword {mention.name}, or mark it as exempt too; `riskbook check` lists every "
            "such entry as RB605.",
        )
    for name, data in files.items():
        for leak in check(data, name.rpartition(".")[2], outcome.hidden.secrets)[:1]:
            raise LeakError(
                f"{name} would hold {short(leak.secret.text)!r}, which is withheld "
                f"({leak.secret.name}, {leak.secret.at}): it stands in {leak.place}.",
                fix="reword what is published there, or mark it as exempt too.",
            )


def check(data: bytes, kind: str, secrets: Sequence[Secret]) -> list[Leak]:
    """Each secret that a finished file holds, with each place.

    Args:
        data: the whole file.
        kind: its ending: ``xlsx``, ``docx``, ``pdf``, ``csv``, ``json``, ``txt``.
        secrets: what it must not hold.
    """
    finder = Finder(secrets)
    leaks: dict[tuple[Secret, str], Leak] = {}
    for part in _parts(data, kind.lower().lstrip(".")) if secrets else ():
        found = [*finder.among(part.units)] if part.units else []
        for loose in part.loose:
            found += finder.within(loose)
        for secret in found:
            leaks.setdefault((secret, part.place), Leak(secret=secret, place=part.place))
    return list(leaks.values())


def _parts(data: bytes, kind: str) -> Iterator[Part]:
    if kind in _TEXTS:
        return _TEXTS[kind](data, "the file", 0)
    return _inside(data, "the file", 0)


def _inside(data: bytes, place: str, depth: int) -> Iterator[Part]:
    """The parts of a file by what it begins with, wherever it is packed."""
    if depth < DEEPEST:
        for form, reading in _FORMS:
            if form(data):
                yield from reading(data, place, depth)
    yield from raw.parts(data, place)


def _packed(data: bytes, place: str, depth: int) -> Iterator[Part]:
    with suppress(BadZipFile):  # by chance a picture may hold the mark of a package
        yield from package.parts(data, place, depth, _inside)


def _marked_up(data: bytes, place: str, depth: int) -> Iterator[Part]:
    with suppress(ExpatError):  # what is not well-formed is searched as bytes
        yield markup.part(data, place)


def _printed(data: bytes, place: str, depth: int) -> Iterator[Part]:
    from riskbook.edge.leaks import pdf

    yield from pdf.parts(data, place, depth, _inside)


_FORMS: tuple[tuple[Callable[[bytes], bool], Reading], ...] = (
    (lambda data: b"%PDF-" in data[:1024], _printed),
    (lambda data: b"PK\x03\x04" in data, _packed),
    (markup.is_markup, _marked_up),
    (text.is_text, text.text_parts),
)
