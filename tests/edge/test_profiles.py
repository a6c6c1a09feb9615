"""Profiles from files: what is shipped, what is refused, and in which words.

A bad profile is a shipped one with an edit, written as an officer would say it::

    risks/columns/owner/heading = "Ref"      set;  columns are found by field, bands by key
    risks/columns/owner -                    take away
    risks/columns + {"field": ...}           add at the end
"""

import json
from pathlib import Path
from typing import Any

import pytest

from riskbook.core import words
from riskbook.core.profile import build
from riskbook.core.scores import results, score
from riskbook.edge import profiles
from riskbook.edge.schema import PROFILE, problems
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


def test_four_profiles_are_shipped():
    assert profiles.shipped() == (COUNCIL, DACORUM, SIGNOFF, BLACKPOOL)


@pytest.mark.parametrize("name", profiles.shipped())
def test_every_shipped_profile_follows_the_schema_and_carries_its_own_name(name):
    assert profiles.load(name).id == name
    assert profiles.document(name)["id"] == name


def test_a_profile_in_a_file_is_loaded_by_its_path(tmp_path):
    path = tmp_path / "own.json"
    text = json.dumps(edited(DACORUM, 'id = "own"', "spare_rows = 7.0", "bands/red/most = 16.5"))
    path.write_text(text, encoding="utf-8-sig")  # as Windows editors save it

    profile = profiles.load(str(path))

    assert (profile.id, profile.spare_rows, str(profile.bands[2].most)) == ("own", 7, "16.5")
    assert isinstance(profile.spare_rows, int)


@pytest.mark.parametrize(
    ("name", "near"),
    [("operational-4x5", "; did you mean 'operational-4x4'."), ("Finance", "."), ("no/file", ".")],
)
def test_an_unknown_profile_is_refused_with_the_nearest_and_the_list(name, near):
    with pytest.raises(ProfileError) as caught:
        profiles.load(name)

    assert caught.value.what == f"There is no profile and no file called {name!r}{near}"
    assert caught.value.fix == (
        "Choose one of council-5x5, operational-4x4, operational-4x4-signoff, "
        "strategic-weighted-5x5, or give the path of a JSON file."
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{\n  "id": "a"\n  "version": "1"\n}', "line 3, column 3: expecting ',' delimiter"),
        (b"", "line 1, column 1: expecting value"),
        (b'{"title": "\xa3"}', "its text is not UTF-8; save it as UTF-8"),
        (b'{"title": "\\ud800"}', "its text is not UTF-8; save it as UTF-8"),
        (b'{"a": 1, "b": 2, "a": 3}', "the name 'a' stands twice in one group"),
        (b'{"spare_rows": 1e999}', "1e999 is not a number that riskbook can hold"),
        (b'{"spare_rows": NaN}', "NaN is not a number that riskbook can hold"),
        (b"[" * 100_000, "its groups are nested too deep"),
    ],
)
def test_a_file_that_is_not_json_is_refused_with_its_line(tmp_path, data, reason):
    path = tmp_path / "own.json"
    path.write_bytes(data)

    with pytest.raises(ProfileError) as caught:
        profiles.load(str(path))

    assert caught.value.what == f"The profile {str(path)!r} is not JSON: {reason}."


@pytest.mark.parametrize("name", [".", "a\0b"])
def test_what_cannot_be_read_as_a_file_is_refused(name):
    with pytest.raises(ProfileError, match="cannot be read"):
        profiles.load(name)


# What the schema refuses -------------------------------------------------------------------

MARKED = "one line of text without @ [ ] #, and with no space before or after it"


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ("risks -", "at the top: 'risks' is missing"),
        ("bandz = []", "at the top: 'bandz' is not a name used here; did you mean 'bands'?"),
        ("a = 1", "at the top: 'a' is not a name used here"),
        (
            'format = "riskbook-profile/2"',
            "format: must be 'riskbook-profile/1', not 'riskbook-profile/2'",
        ),
        (
            'id = "My Profile"',
            "id: must be a name of small letters and digits joined by -, "
            "such as operational-4x4, not 'My Profile'",
        ),
        ("version = 1.5", "version: must be text, not 1.5"),
        ('version = "1\\n"', "version: must be a version such as \"1.2\", not '1\\n'"),
        ('title = ""', "title: must be one line of text with no space before or after it and is empty"),
        ("stages = []", "stages: has 0 entries; it needs at least 1"),
        ('stages/1 = "gross"', "stages: holds 'gross' twice"),
        ('stages/1 = "net"', "stage 2: must be 'gross', 'nett' or 'target', not 'net'; did you mean 'nett'?"),
        ("scales/impact/3 -", None),
        ("scales/impact = [{\"label\": \"Low\"}]", "scales, impact: has 1 entries; it needs at least 3"),
        ("scales/impact/1/label = 2", "scales, impact, level 2: must be text"),
        ('words/grosss = "Raw"', "words: 'grosss' is not a name used here; did you mean 'gross'?"),
        ('effective/from = "1 April 2021"', "effective, from: must be a date such as 2021-04-01, not '1 April 2021'"),
        ('effective/from = "2021-02-30"', "effective, from: must be a date such as 2021-04-01, not '2021-02-30'"),
        ('bands/green/most = "0 - 4"', "band 1 (green), most: must be a number, not '0 - 4'"),
        ("bands/green/least = -1", "band 1 (green), least: must be 0 or more, not -1"),
        ("bands/green/least = true", "band 1 (green), least: must be a number, not true"),
        ('bands/amber/fill = "amber"', "band 2 (amber), fill: must be a colour such as #A9D08E, not 'amber'"),
        ("bands = 5", "bands: must be a list in [ ], not 5"),
        ("bands/0 = []", "band 1: must be"),
        ("risks/columns/ref = 5", "risks, column 1: must be a group of settings in { }, not 5"),
        ("risks/columns/owner/heading = \"Owner [main]\"", f"risks, column 4 (owner), heading: must be {MARKED}, not 'Owner [main]'"),
        ('risks/columns/owner/heading = "Owner@"', f"risks, column 4 (owner), heading: must be {MARKED}, not 'Owner@'"),
        ('risks/columns/owner/heading = "Owner\\nname"', f"risks, column 4 (owner), heading: must be {MARKED}, not 'Owner\\nname'"),
    ],
)
def test_draft(tmp_path, edit, sentence):
    print(edit, refused(tmp_path, edited(DACORUM, edit)))
    assert refused(tmp_path, edited(DACORUM, edit)) == [sentence]
