"""JSON documents: those that are shipped with riskbook, by name, and others by path.

A shelf holds the documents of one sort.  Reading is strict where a slip would pass in
silence: a name that stands twice in a group, or a number that cannot be held, is
refused.  Whether a document says what it should is a question for the schema beside it.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import isfinite
from pathlib import Path
from typing import Any

from riskbook.core.values import LONGEST_NUMBER
from riskbook.edge.documents.schema import nearest
from riskbook.errors import RiskbookError


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The documents of one sort that are shipped with riskbook, and how others are read."""

    folder: str  # in the package
    sort: str  # what officers call such a document
    error: type[RiskbookError]

    def names(self) -> tuple[str, ...]:
        """The documents shipped, in order."""
        found = (entry.name.removesuffix(".json") for entry in self._folder().iterdir())
        return tuple(sorted(name for name in found if "." not in name))

    def read(self, name_or_path: str) -> object:
        """The document shipped under a name, or in a file.

        Raises:
            RiskbookError: of the shelf's own kind; no such document, or not JSON.
        """
        source: Traversable = Path(name_or_path)
        if name_or_path in self.names():
            source = self._folder().joinpath(f"{name_or_path}.json")
        try:
            data = source.read_bytes()
        except FileNotFoundError:
            raise self._unknown(name_or_path) from None
        except (OSError, ValueError) as reason:
            raise self.error(
                f"The file {name_or_path!r} cannot be read: {_unread(reason)}.",
                fix="Give the path of a JSON file that you may open.",
            ) from None
        try:
            return decode(data)
        except (ValueError, RecursionError) as reason:
            raise self.error(
                f"The {self.sort} {name_or_path!r} is not JSON: {said(reason)}.",
                fix="Correct it there; commas, quotes and brackets are the usual causes.",
            ) from None

    def load(self, name_or_path: str, problems: Callable[[Any], Sequence[str]]) -> dict[str, Any]:
        """The document of that name, or in that file, in which ``problems`` finds none.

        Raises:
            RiskbookError: of the shelf's own kind; it lists every problem at once.
        """
        document: Any = self.read(name_or_path)
        found = problems(document)
        if found:
            count = "a mistake" if len(found) == 1 else f"{len(found)} mistakes"
            lines = "".join(f"\n  - {problem}" for problem in found)
            raise self.error(
                f"The {self.sort} {name_or_path!r} has {count}:{lines}",
                fix="Correct it in the file and try again.",
            )
        return dict(document)

    def _folder(self) -> Traversable:
        return files("riskbook").joinpath(self.folder)

    def _unknown(self, name: str) -> RiskbookError:
        listed = ", ".join(self.names())
        near = nearest(name, self.names()).removesuffix("?")
        return self.error(
            f"There is no {self.sort} and no file called {name!r}{near}.",
            fix=f"Choose one of {listed}, or give the path of a JSON file.",
        )


def decode(data: bytes) -> object:
    """The document in the bytes of a JSON file; whole numbers are always ``int``.

    Raises:
        ValueError, RecursionError: not JSON in UTF-8, or a name stands twice in one group.
    """
    text = data.decode("utf-8-sig")  # Windows editors begin a file with a mark
    document = json.loads(
        text,
        object_pairs_hook=_group,
        parse_float=_number,
        parse_int=_whole,
        parse_constant=_number,
    )
    if "\\u" in text:
        json.dumps(document, ensure_ascii=False).encode()  # half a character cannot be saved
    return document


def _group(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} stands twice in one group")
    return found


def _number(text: str) -> int | float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(f"{text} is not a number that riskbook can hold")
    return int(number) if number.is_integer() else number


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"the number {text[:15]}... has {len(text)} digits, too many to hold")
    return int(text)


def _unread(reason: Exception) -> str:
    if isinstance(reason, IsADirectoryError):
        return "it is a folder"
    return (isinstance(reason, OSError) and reason.strerror) or str(reason)


def said(reason: Exception) -> str:
    """Why a text is not JSON, with its line where there is one."""
    match reason:
        case json.JSONDecodeError():
            return f"line {reason.lineno}, column {reason.colno}: {reason.msg.lower()}"
        case UnicodeError():
            return "its text is not UTF-8; save it as UTF-8"
        case RecursionError():
            return "its groups are nested too deep"
    return str(reason)
