"""Profiles as JSON: shipped with riskbook by id, or a council's own by path.

::

    JSON -> the schema's problems, or the parts' -> riskbook.core.profile.build

Whether the figures of a profile make sense is the linter's question
(:mod:`riskbook.core.linting`).
"""

from collections.abc import Mapping
from typing import Any

from riskbook.app import Book, profile_named_in
from riskbook.core.profile import Profile, build
from riskbook.edge.documents.profile_rules import mistakes
from riskbook.edge.documents.schema import PROFILE, problems
from riskbook.edge.documents.shelf import Shelf
from riskbook.errors import ProfileError

SHELF = Shelf(folder="profiles", sort="profile", error=ProfileError)


def shipped() -> tuple[str, ...]:
    """The ids of the profiles that come with riskbook."""
    return SHELF.names()


def load(name_or_path: str) -> Profile:
    """A shipped profile by its id, or a profile in a JSON file.

    Raises:
        ProfileError: no such profile, not JSON, or not a profile; every mistake is listed.
    """
    return build(document(name_or_path))


def of(book: Book) -> Profile:
    """The profile that a workbook was made from.

    A workbook can name a shipped profile only: what others wrote in it opens no file here.

    Raises:
        TemplateError: the book is not one of riskbook's.
        ProfileError: its profile does not come with riskbook.
    """
    told = profile_named_in(book)
    if told not in shipped():
        raise ProfileError(
            f"{book.name} was made from the profile {told[:60]!r}, which does not come with "
            "riskbook.",
            fix="give that profile's own file: --profile FILE.json.",
        )
    return load(told)


def document(name_or_path: str) -> dict[str, Any]:
    """The JSON of a profile that :func:`load` accepts; raises as it does."""
    return SHELF.load(
        name_or_path,
        lambda found: problems(found, PROFILE) or mistakes(found) or _borrowed(found),
    )


def _borrowed(found: Mapping[str, Any]) -> list[str]:
    """A changed copy under the id of a shipped profile: its workbooks would be read by that one."""
    name = found["id"]
    if name not in shipped() or found == SHELF.read(name):
        return []
    return [f"id: {name!r} comes with riskbook and says something else; choose an id of your own"]
