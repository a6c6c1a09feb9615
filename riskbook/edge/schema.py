"""JSON documents and the schemas they follow: every mistake at once, in plain words.

::

    bytes -> document -> problems:  "risks, column 3 (owner), heading: must be ..."

A shelf holds the documents of one sort that are shipped with riskbook.  This is the one
home of jsonschema, which is imported when the first document is checked: its import
costs more than a whole refresh.  What a document means is not here, and neither are
rules that a schema cannot say.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskbook.errors import RiskbookError

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

PROFILE = "profiles/profile.schema.json"
REGISTER = "samples/register.schema.json"

TYPES: Mapping[str, str] = {
    "object": "a group of settings in { }",
    "array": "a list in [ ]",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
ONE_OF: Mapping[str, str] = {  # what a list holds; its own name says no more
    "columns": "column",
    "bands": "band",
    "stages": "stage",
    "posts": "post",
    "aliases": "alias",
    "separators": "separator",
    "notes": "note",
    "findings": "finding",
}
STEP_OF: Mapping[str, str] = {  # what a list holds, said after the list's own name
    "risks": "row",
    "actions": "row",
    "likelihood": "level",
    "impact": "level",
    "row": "cell",
}
NAMES = ("field", "key", "sub_ref", "ref", "post", "label", "code")  # what people call an item by
LONGEST_SHOWN = 60  # characters


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
                f"The file {name_or_path!r} cannot be read: {reason}.",
                fix="Give the path of a JSON file that you may open.",
            ) from None
        try:
            return decode(data)
        except (ValueError, RecursionError) as reason:
            raise self.error(
                f"The {self.sort} {name_or_path!r} is not JSON: {said(reason)}.",
                fix="Correct it there; commas, quotes and brackets are the usual causes.",
            ) from None

    def refused(self, name: str, problems: Sequence[str]) -> RiskbookError:
        """The error that lists every problem of a document."""
        count = "a mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        lines = "".join(f"\n  - {problem}" for problem in problems)
        fix = "Correct it in the file and try again."
        return self.error(f"The {self.sort} {name!r} has {count}:{lines}", fix=fix)

    def _folder(self) -> Traversable:
        return files("riskbook").joinpath(self.folder)

    def _unknown(self, name: str) -> RiskbookError:
        listed = ", ".join(self.names())
        return self.error(
            f"There is no {self.sort} and no file called {name!r}.{nearest(name, self.names())}",
            fix=f"Choose one of {listed}, or give the path of a JSON file.",
        )


def decode(data: bytes) -> object:
    """The document in the bytes of a JSON file; whole numbers are always ``int``.

    Raises:
        ValueError, RecursionError: not JSON in UTF-8, or a name stands twice in one group.
    """
    text = data.decode("utf-8-sig")  # Windows editors begin a file with a mark
    document = json.loads(
        text, object_pairs_hook=_group, parse_float=_number, parse_constant=_number
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


def problems(document: object, schema: str) -> list[str]:
    """Every way in which a document does not follow a shipped schema; empty when it does.

    ``schema`` is :data:`PROFILE` or :data:`REGISTER`.  Each problem is one sentence that
    begins with its place; where alternatives fail, the one that came nearest speaks.
    """
    from jsonschema.exceptions import best_match

    nearest_errors = (best_match([error]) for error in _shipped(schema).iter_errors(document))  # type: ignore[arg-type]
    return list(dict.fromkeys(sentence(document, error) for error in nearest_errors))


@cache
def _shipped(schema: str) -> "Validator":
    source = files("riskbook").joinpath(schema)
    return compiled(json.loads(source.read_text(encoding="utf-8")))


def compiled(schema: Mapping[str, Any]) -> "Validator":
    """A schema ready for use; ``Decimal`` counts as a number, and dates are checked."""
    from jsonschema import FormatChecker

    return _dialect()(schema, format_checker=FormatChecker(formats=("date",)))


@cache
def _dialect() -> "type[Validator]":
    """Draft 2020-12 with exact numbers, and ``$`` only at the very end of a text."""
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    def multiple_of(
        validator: "Validator", factor: Any, value: Any, _: object
    ) -> "Iterator[ValidationError]":
        if validator.is_type(value, "number") and Fraction(value) % Fraction(factor):
            yield ValidationError(f"{value} is not a multiple of {factor}")

    def pattern(
        validator: "Validator", rule: str, value: Any, _: object
    ) -> "Iterator[ValidationError]":
        if validator.is_type(value, "string") and not _matches(rule, value):
            yield ValidationError(f"{value!r} does not match {rule!r}")

    types = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "number": lambda _, value: _is_number(value),
            "integer": lambda _, value: _is_number(value) and value == int(value),
        }
    )
    own = {"multipleOf": multiple_of, "pattern": pattern}
    dialect: type[Validator] = extend(Draft202012Validator, own, type_checker=types)
    return dialect


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _matches(rule: str, text: str) -> bool:
    # Python's "$" also stands before a last line break; a second break tells the two apart.
    return bool(re.search(rule, text) and re.search(rule, f"{text}\n" if text[-1:] == "\n" else text))


def sentence(document: object, error: "ValidationError") -> str:
    """One error of jsonschema as an officer reads it."""
    say = SAID.get(str(error.validator), lambda e: e.message)
    subject = "" if "propertyNames" not in error.schema_path else f"the name {shown(error.instance)} "
    return f"{place(document, error.absolute_path)}: {subject}{say(error)}"


def place(document: Any, path: Iterable[str | int]) -> str:
    """Where in a document: ``risks, column 3 (owner), heading``."""
    here, name, steps = document, "", list[str]()
    for step in path:
        here = here[step]
        if isinstance(step, str):
            steps.append(step)
            name = step
            continue
        if isinstance(here, list):
            name = "row"
        elif name in ONE_OF and "row" not in steps:
            steps.pop()
            name = ONE_OF[name]
        else:
            name = STEP_OF.get(name, "item")
        steps.append(f"{name} {step + 1}{_called(here)}")
    return ", ".join(steps) or "at the top"


def _called(item: object) -> str:
    if not isinstance(item, dict):
        return ""
    names = (item.get(name) for name in NAMES)
    return next((f" ({name})" for name in names if isinstance(name, str) and name), "")


def shown(value: object) -> str:
    """A value of a document, short enough for a sentence."""
    match value:
        case str():
            return repr(value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}...")
        case dict():
            return "a group in { }"
        case list():
            return "a list in [ ]"
    return json.dumps(value)


def listed(items: Iterable[object], last: str = "and") -> str:
    """``'a', 'b' and 'c'``."""
    *most, end = [shown(item) for item in items]
    return f"{', '.join(most)} {last} {end}" if most else end


def nearest(name: str, known: Iterable[str]) -> str:
    """`` Did you mean 'heading'?`` where a known name is close; else nothing."""
    found = get_close_matches(name.casefold(), list(known), n=1)
    return f" Did you mean {found[0]!r}?" if found else ""
