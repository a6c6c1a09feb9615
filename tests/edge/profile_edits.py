"""Bad profiles: a shipped one with edits, written as an officer would say it.

::

    risks/columns/owner/heading = "Ref"      set;  columns are found by field, bands by key
    risks/columns/owner -                    take away
    risks/columns + {"field": ...}           add at the end
"""

import json
from pathlib import Path
from typing import Any

import pytest

from riskbook.edge.documents import profiles
from riskbook.errors import ProfileError

DACORUM, SIGNOFF = "operational-4x4", "operational-4x4-signoff"
BLACKPOOL, COUNCIL = "strategic-weighted-5x5", "council-5x5"


def step(here: Any, name: str) -> Any:
    """The place in a list that a name or a number means; a key as it is."""
    if not isinstance(here, list):
        return name
    if name.isdigit():
        return int(name)
    return next(i for i, item in enumerate(here) if name in (item.get("field"), item.get("key")))


def edited(name: str, *edits: str) -> dict[str, Any]:
    """A shipped profile with edits in the notation above."""
    found = profiles.document(name)
    for edit in edits:
        path, verb, value = (*edit.split(" ", 2), "null")[:3]
        here: Any = found
        *steps, last = path.split("/")
        for name_or_place in steps:
            here = here[step(here, name_or_place)]
        last = step(here, last)
        if verb == "=":
            here[last] = json.loads(value)
        elif verb == "+":
            here[last].append(json.loads(value))
        else:
            del here[last]
    return found


def refused(folder: Path, document: object) -> list[str]:
    """The sentences with which a document is refused."""
    path = folder / "own.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        profiles.load(str(path))
    first, *sentences = caught.value.what.split("\n  - ")
    assert first.startswith(f"The profile {str(path)!r} has ")
    assert caught.value.fix == "Correct it in the file and try again."
    return sentences


def column(field: str, kind: str, **more: str) -> str:
    return json.dumps({"field": field, "heading": field, "kind": kind, **more})
