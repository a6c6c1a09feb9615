"""Profiles from files: what is shipped, what is refused, and in which words."""

import json
from importlib.resources import files

import pytest

from riskbook.core import words
from riskbook.edge.documents import profiles
from riskbook.edge.documents.schema import PROFILE, problems
from riskbook.errors import ProfileError
from tests.edge.profile_edits import BLACKPOOL, COUNCIL, DACORUM, SIGNOFF, column, edited, refused


def test_four_profiles_are_shipped():
    assert profiles.shipped() == (COUNCIL, DACORUM, SIGNOFF, BLACKPOOL)


@pytest.mark.parametrize("name", profiles.shipped())
def test_every_shipped_profile_follows_the_schema_and_carries_its_own_name(name):
    assert profiles.load(name).id == name
    assert profiles.document(name)["id"] == name


def test_the_schema_knows_the_words_and_the_sheets_that_riskbook_knows():
    schema = json.loads(files("riskbook").joinpath(PROFILE).read_text(encoding="utf-8"))

    assert list(schema["properties"]["words"]["properties"]) == list(words.WORDS)
    assert list(schema["properties"]["sheets"]["properties"]) == list(words.SHEETS)


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
        (
            b'{"spare_rows": %b}' % (b"9" * 5_000),
            "the number 999999999999999... has 5000 digits, too many to hold",
        ),
        (b"[" * 100_000, "its groups are nested too deep"),
    ],
)
def test_a_file_that_is_not_json_is_refused_with_its_line(tmp_path, data, reason):
    path = tmp_path / "own.json"
    path.write_bytes(data)

    with pytest.raises(ProfileError) as caught:
        profiles.load(str(path))

    assert caught.value.what == f"The profile {str(path)!r} is not JSON: {reason}."


def test_a_character_written_as_its_code_is_read(tmp_path):
    path = tmp_path / "own.json"
    path.write_text(
        json.dumps(edited(DACORUM, 'id = "ours"', r'title = "\u00a3 and \ud83d\ude00"'))
    )

    assert profiles.load(str(path)).title == "£ and 😀"


@pytest.mark.parametrize(("name", "reason"), [(".", "it is a folder"), ("a\0b", "")])
def test_what_cannot_be_read_as_a_file_is_refused(name, reason):
    with pytest.raises(ProfileError, match=f"cannot be read: {reason}"):
        profiles.load(name)


MARKED = "one line of text without @ [ ] # and _x0000_, and with no space before or after it"
DATED = "a date such as 2021-04-01"
SHEET = r"a sheet's name without : \ / ? * [ ], and with no space or ' at either end"
OWNER = "risks, column 4 (owner)"


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ("risks -", "at the top: 'risks' is missing"),
        ("bandz = []", "at the top: 'bandz' is not a name used here; did you mean 'bands'?"),
        ("a = 1", "at the top: 'a' is not a name used here"),
        ('format = "x"', "format: must be 'riskbook-profile/1', not 'x'"),
        (
            'id = "My Profile"',
            "id: must be a name of small letters and digits joined by -, "
            "such as operational-4x4, not 'My Profile'",
        ),
        ("version = 1.5", "version: must be text, not 1.5"),
        ('version = "1\\n"', "version: must be a version such as \"1.2\", not '1\\n'"),
        (
            'title = ""',
            "title: must be one line of text with no space before or after it and is empty",
        ),
        ("stages = []", "stages: needs at least 1 entry and has 0"),
        ('stages/1 = "gross"', "stages: holds 'gross' twice"),
        (
            'stages/1 = "net"',
            "stage 2: must be 'gross', 'nett' or 'target', not 'net'; did you mean 'nett'?",
        ),
        ("stages/1 = 2", "stage 2: must be 'gross', 'nett' or 'target', not 2"),
        (
            'scales/impact = [{"label": "Low"}, {"label": "High"}]',
            "scales, impact: needs at least 3 entries and has 2",
        ),
        ("scales/impact/1/label = 2", "scales, impact, level 2, label: must be text, not 2"),
        ('words/grosss = "A"', "words: 'grosss' is not a name used here; did you mean 'gross'?"),
        ('effective/from = "1 April"', f"effective, from: must be {DATED}, not '1 April'"),
        ('effective/to = "2021-02-30"', f"effective, to: must be {DATED}, not '2021-02-30'"),
        ("bands/green/least = -1", "band 1 (green), least: must be 0 or more, not -1"),
        ("bands/green/least = true", "band 1 (green), least: must be a number, not true"),
        (
            'bands/amber/fill = "amber"',
            "band 2 (amber), fill: must be a colour such as #A9D08E, not 'amber'",
        ),
        ("bands = 5", "bands: must be a list in [ ], not 5"),
        ("bands/0 = []", "band 1: must be a group of settings in { }, not a list in [ ]"),
        ("risks/columns/ref = 5", "risks, column 1: must be a group of settings in { }, not 5"),
        ('risks/columns/owner/heading = "a[b"', f"{OWNER}, heading: must be {MARKED}, not 'a[b'"),
        ('risks/columns/owner/heading = "a]b"', f"{OWNER}, heading: must be {MARKED}, not 'a]b'"),
        ('risks/columns/owner/heading = "a@b"', f"{OWNER}, heading: must be {MARKED}, not 'a@b'"),
        (
            'risks/columns/owner/heading = "a_x0041_"',
            f"{OWNER}, heading: must be {MARKED}, not 'a_x0041_'",
        ),
        ('risks/columns/owner/heading = "a#b"', f"{OWNER}, heading: must be {MARKED}, not 'a#b'"),
        ('risks/columns/owner/heading = "a "', f"{OWNER}, heading: must be {MARKED}, not 'a '"),
        (
            'risks/columns/owner/heading = "a\\nb"',
            f"{OWNER}, heading: must be {MARKED}, not 'a\\nb'",
        ),
        (
            f'risks/columns/owner/heading = "{"a" * 61}"',
            f"{OWNER}, heading: needs at most 60 characters and has 61",
        ),
        (f'risks/columns/owner/help = "{"a" * 251}"', f"{OWNER}, help: needs at most 250 "),
        (
            'risks/columns/owner/field = "Owner"',
            "risks, column 4 (Owner), field: must be a name of small letters, digits and _ that "
            "begins with a letter, such as gross_impact, not 'Owner'",
        ),
        (
            'risks/columns/owner/kind = "person"',
            f"{OWNER}, kind: must be 'ref', 'text', 'long', 'people', 'list', 'level', 'weight', "
            "'number', 'date' or 'computed', not 'person'",
        ),
        ('risks/columns/owner/kind = "list"', f"{OWNER}: 'choices' is missing"),
        (
            'risks/columns/owner/choices = "x"',
            f"{OWNER}, choices: must be left out: only the kind list has choices",
        ),
        ("spare_rows = 2.5", "spare_rows: must be a whole number, not 2.5"),
        ("spare_rows = 5001", "spare_rows: must be 5000 or less, not 5001"),
        ('rules = {"RB5": "off"}', "rules: the name 'RB5' must be the code of a finding, such as "),
        (
            'rules = {"RB501": "of"}',
            "rules, RB501: must be 'error', 'warning', 'information' or 'off', not 'of'; "
            "did you mean 'off'?",
        ),
        ('sheets = {"risks": "a/b"}', f"sheets, risks: must be {SHEET}, not 'a/b'"),
        ('sheets = {"risks": "\'a"}', f'sheets, risks: must be {SHEET}, not "\'a"'),
        ('sheets = {"chart": "A"}', "sheets: 'chart' is not a name used here"),
        (
            "matrix/points = [[1]]",
            "matrix, points: must be left out: only the rules look-up and painted have a table of",
        ),
        ('matrix/rule = "look-up"', "matrix: 'points' is missing"),
        (
            'matrix = {"rule": "look-up", "points": [[1], [2, "3"]]}',
            "matrix, points, row 2, cell 2: must be a number, not '3'",
        ),
        (
            'matrix = {"rule": "painted", "points": [[1]], "bands": [["green", 1]]}',
            "matrix, bands, row 1, cell 2: must be text, not 1",
        ),
        ('lists = {"status": []}', "lists, status: needs at least 1 entry and has 0"),
        (
            'people = {"separators": [""]}',
            "people, separator 1: needs at least 1 character and has 0",
        ),
    ],
)
def test_a_document_that_does_not_follow_the_schema_is_refused(tmp_path, edit, sentence):
    found = refused(tmp_path, edited(DACORUM, edit))

    assert len(found) == 1
    assert found[0] == sentence or (
        sentence.endswith((" ", "of")) and found[0].startswith(sentence)
    )


def test_an_action_cannot_be_rated(tmp_path):
    edit = f"actions/columns + {column('gross_impact', 'level')}"

    assert refused(tmp_path, edited(COUNCIL, edit)) == [
        "actions, column 13 (gross_impact), kind: must be 'ref', 'text', 'long', 'people', "
        "'list', 'number' or 'date', not 'level'"
    ]


def test_every_mistake_is_told_at_once(tmp_path):
    edits = ("version -", "title -", "a = 1", "b = 2", "bands/red/ink -", "spare_rows = -1")

    assert refused(tmp_path, edited(DACORUM, *edits)) == [
        "at the top: 'version' and 'title' are missing",
        "at the top: 'a' and 'b' are not names used here",
        "band 3 (red): 'ink' is missing",
        "spare_rows: must be 0 or more, not -1",
    ]


@pytest.mark.parametrize("document", [[], "profile", None, 7])
def test_a_document_that_is_no_group_is_refused(tmp_path, document):
    (found,) = refused(tmp_path, document)

    assert found.startswith("at the top: must be a group of settings in { }, not ")


def test_i09_a_band_typed_as_a_range_is_refused(tmp_path):
    edits = ('bands/green/most = "0 - 4"', 'bands/amber/least = "6 October"')

    assert refused(tmp_path, edited(DACORUM, *edits)) == [
        "band 1 (green), most: must be a number, not '0 - 4'",
        "band 2 (amber), least: must be a number, not '6 October'",
    ]


def test_a_document_is_checked_by_the_name_of_its_schema():
    assert problems(profiles.document(DACORUM), PROFILE) == []
