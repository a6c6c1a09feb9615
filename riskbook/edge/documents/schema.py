"""What a document must look like: every mistake at once, in plain words.

::

    document, schema -> problems:  "risks, column 3 (owner), heading: must be text, not 7"

This is the one home of jsonschema.  It is imported when the first document is checked,
because its import costs more than a whole refresh.  Reading a document is not here
(:mod:`riskbook.edge.documents.shelf`), and neither are rules that a schema cannot say.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from importlib.resources import files
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeAlias

from riskbook.core import words

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

Error: TypeAlias = Any  # a ValidationError; its stubs let every part of it be unset

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
}
NAMES = ("code", "field", "key", "sub_ref", "ref", "post", "label")  # what people call an item by
LONGEST_SHOWN = 60  # characters


def problems(document: object, schema: str) -> list[str]:
    """Every way in which a document does not follow a shipped schema; empty when it does.

    ``schema`` is :data:`PROFILE` or :data:`REGISTER`.  Each problem is one sentence that
    begins with its place; where alternatives fail, the one that came nearest speaks.
    """
    from jsonschema.exceptions import best_match

    found: Any = document
    errors = (best_match([error]) for error in _shipped(schema).iter_errors(found))
    return list(dict.fromkeys(sentence(document, error) for error in errors))


@cache
def _shipped(schema: str) -> "Validator":
    source = files("riskbook").joinpath(schema)
    return compiled(json.loads(source.read_text(encoding="utf-8")))


def compiled(schema: Mapping[str, Any]) -> "Validator":
    """A schema ready for use; ``Decimal`` counts as a number, and dates are checked."""
    from jsonschema import FormatChecker

    return _dialect()(schema, format_checker=FormatChecker(formats=["date"]))


@cache
def _dialect() -> "type[Validator]":
    """Draft 2020-12 with exact numbers, and ``$`` only at the very end of a text."""
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    def multiple_of(
        validator: "Validator", factor: Any, value: Any, _: object
    ) -> "Iterator[ValidationError]":
        if validator.is_type(value, "number") and _exact(value) % _exact(factor):
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
    untyped: Any = extend  # the stubs give it no types
    dialect: type[Validator] = untyped(Draft202012Validator, own, type_checker=types)
    return dialect


def _is_number(value: object) -> bool:
    if isinstance(value, float | Decimal):
        return isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _exact(value: int | float | Decimal) -> Fraction:
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def _matches(rule: str, text: str) -> bool:
    # Python's "$" also stands before a last line break; a second break tells the two apart.
    return bool(
        re.search(rule, text) and re.search(rule, f"{text}\n" if text[-1:] == "\n" else text)
    )


def _missing(error: Error) -> str:
    names = [name for name in error.validator_value if name not in error.instance]
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} missing"


def _unknown(error: Error) -> str:
    known = error.schema["properties"]
    names = [name for name in error.instance if name not in known]
    verb = "is not a name" if len(names) == 1 else "are not names"
    return f"{listed(names)} {verb} used here{nearest(names[0], known)}"


def _type(error: Error) -> str:
    wanted = error.validator_value
    words = [TYPES[name] for name in ([wanted] if isinstance(wanted, str) else wanted)]
    return f"must be {' or '.join(words)}, not {shown(error.instance)}"


def _enum(error: Error) -> str:
    near = nearest(error.instance, error.validator_value) if _is_text(error) else ""
    return f"must be {listed(error.validator_value, 'or')}, not {shown(error.instance)}{near}"


def _is_text(error: Error) -> bool:
    return isinstance(error.instance, str)


def _form(error: Error) -> str:
    found = f", not {shown(error.instance)}" if error.instance else " and is empty"
    return f"must be {error.schema.get('title', error.validator_value)}{found}"


def _size(error: Error) -> str:
    bound = "at least" if str(error.validator).startswith("min") else "at most"
    one, more = ("character", "characters") if _is_text(error) else ("entry", "entries")
    of = one if error.validator_value == 1 else more
    return f"needs {bound} {error.validator_value} {of} and has {len(error.instance)}"


def _limit(error: Error) -> str:
    bound = "or more" if error.validator == "minimum" else "or less"
    return f"must be {shown(error.validator_value)} {bound}, not {shown(error.instance)}"


SAID: Mapping[str, Callable[[Error], str]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _enum,
    "const": lambda e: f"must be {shown(e.validator_value)}, not {shown(e.instance)}",
    "pattern": _form,
    "format": _form,
    "not": lambda e: f"must be left out: {e.schema['title']}",
    "minimum": _limit,
    "maximum": _limit,
    "uniqueItems": lambda e: f"holds {shown(_twice(e.instance))} twice",
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties"), _size),
}


def _twice(items: list[object]) -> object:
    return next(item for place, item in enumerate(items) if item in items[:place])


def sentence(document: object, error: Error) -> str:
    """One error of jsonschema as an officer reads it."""
    say = SAID.get(error.validator)
    said = say(error) if say else error.message
    subject = (
        "" if "propertyNames" not in error.schema_path else f"the name {shown(error.instance)} "
    )
    return f"{place(document, error.absolute_path)}: {subject}{said}"


def place(document: Any, path: Iterable[str | int]) -> str:
    """Where in a document: ``risks, column 3 (owner), heading``."""
    here, name, steps = document, "", list[str]()
    for step in path:
        here = here[step]
        if isinstance(step, str):
            steps.append(step)
            name = step
            continue
        if steps[:1] == ["matrix"]:
            name = "cell" if name == "row" else "row"
        elif name in ONE_OF:
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
    return words.listed(map(shown, items), last)


def nearest(name: str, known: Iterable[str]) -> str:
    """``; did you mean 'heading'?`` where a known name is close; else nothing."""
    found = get_close_matches(name.casefold(), list(known), n=1)
    return f"; did you mean {found[0]!r}?" if found else ""
