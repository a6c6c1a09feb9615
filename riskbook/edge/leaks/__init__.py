"""The leak check: no finished file of the public edition holds a text that is withheld.

::

    finished bytes -> parts (cells, paragraphs, properties, alternative texts, ...)
                   -> secrets found -> Leak -> the export is refused, and nothing is written

The file is read as a stranger would read it, not as riskbook wrote it, so that a mistake in
what makes the public edition is found here.  This is the one home of pypdf.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from riskbook.app import Outcome
from riskbook.core.traces import Finder, Secret, short
from riskbook.edge.leaks import markup, package, raw, text
from riskbook.edge.leaks.parts import Part, Reading, UnreadableError
from riskbook.errors import LeakError

__all__ = ["Leak", "check", "refuse_leaks"]

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
        stem, _, kind = name.rpartition(".")
        named = [
            Leak(secret=s, place="its name") for s in Finder(outcome.hidden.secrets).told(stem)
        ]
        for leak in [*named, *check(data, kind, outcome.hidden.secrets)][:1]:
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

    Raises:
        LeakError: the file cannot be read back, so nobody knows what is in it.
    """
    finder = Finder(secrets)
    leaks: dict[tuple[Secret, str], Leak] = {}
    try:
        for part in _parts(data, kind.lower()) if secrets else ():
            for secret in _found(finder, part):
                leaks.setdefault((secret, part.place), Leak(secret=secret, place=part.place))
    except UnreadableError:
        raise LeakError(
            f"The finished {kind} file cannot be read back, so nobody knows whether it holds a "
            "text that is withheld.",
            fix="try again; if it stays so, export it in another form and tell who maintains "
            "riskbook.",
        ) from None
    return list(leaks.values())


def _found(finder: Finder, part: Part) -> Iterator[Secret]:
    if part.units:
        yield from finder.among(part.units)
    for loose in part.loose:
        yield from finder.within(loose)


def _parts(data: bytes, kind: str) -> Iterator[Part]:
    reading = _KINDS.get(kind)
    if reading is None:
        return _inside(data, "the file", 0)
    return reading(data, "the file", 0)


def _inside(data: bytes, place: str, depth: int) -> Iterator[Part]:
    """The parts of a file by what it begins with, wherever it is packed; then its bytes."""
    for looks, reading in _FORMS if depth < DEEPEST else ():
        if looks(data):
            try:
                yield from reading(data, place, depth)
                break
            except UnreadableError:
                if depth == 0:
                    raise
    yield from raw.parts(data, place)


def _packed(data: bytes, place: str, depth: int) -> Iterator[Part]:
    return package.parts(data, place, depth, _inside)


def _printed(data: bytes, place: str, depth: int) -> Iterator[Part]:
    from riskbook.edge.leaks import pdf  # only for a PDF: pypdf takes long to start

    return pdf.parts(data, place, depth, _inside)


_KINDS: Mapping[str, Reading] = {"csv": text.csv_parts, "json": text.json_parts}
_FORMS: tuple[tuple[Callable[[bytes], bool], Reading], ...] = (
    (lambda data: data.startswith(b"PK\x03\x04"), _packed),
    (lambda data: b"%PDF-" in data[:1024], _printed),
    (lambda data: b"PK\x05\x06" in data, _packed),  # inside an object of another program
    (markup.is_markup, markup.parts),
    (text.is_text, text.text_parts),
)
