"""How a withheld text is recognised in another, however that is laid out.

Texts are compared by their letters and digits alone, in one case and one form, so that no
line break, hyphen, ligature or unseen character hides one.  Which texts are secret is the
business of :mod:`riskbook.core.secret`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from riskbook.core.grid import CellRef
from riskbook.core.values import JOINER, TAGS, UNSEEN, VARIANTS, clean, points_of

_UNSEEN = re.compile(f"[{UNSEEN}{JOINER}{VARIANTS}{TAGS}]")
_NO_LETTERS = re.compile(rf"[\W_{UNSEEN}]+")  # some that nobody sees count as letters


class How(Enum):
    """How a secret is looked for."""

    ANYWHERE = "anywhere"  # its letters, in any text
    WORD = "word"  # whole words, in any text
    WHOLE = "whole"  # only as the whole of a cell, a paragraph or a property


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """One text that the public edition must not hold."""

    text: str
    how: How
    at: CellRef
    name: str  # of the entry, e.g. "Update of R2"
    inside: tuple[str, ...] = ()  # longer references that are published and hold this one


def squeezed(text: str) -> str:
    """The letters and digits of a text, in one case and one form."""
    return _NO_LETTERS.sub("", _one_form(text))


def spaced(text: str) -> str:
    """A text in one case and one form, without unseen characters, its words one space apart."""
    return _one_spaced(_one_form(text))


def _one_spaced(form: str) -> str:
    return " ".join(_UNSEEN.sub("", form).split())


def _one_form(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", plain)


def short(text: str) -> str:
    """The beginning of a text, for a message."""
    line = clean(text)
    return line if len(line) <= 60 else line[:57] + "..."


def pieces(text: str) -> Iterator[str]:
    """The lines and points of a text, and the sentences in them.

    A last sentence that only introduces the lines below it, ``We have these controls:``,
    is none of them.
    """
    for line in points_of(text):
        sentences = re.split(r"(?<=[.!?;:])\s+", line)
        if line.endswith(":"):
            sentences.pop()
        if sentences:
            yield line
            yield from sentences


@lru_cache(maxsize=4096)
def _words(text: str) -> re.Pattern[str]:
    """The words of a secret with whatever a line break may put between them."""
    parts = re.split(r"([^\w\s]+)|\s+", spaced(text))
    return re.compile(r"(?<!\w)" + r"\s*".join(re.escape(p) for p in parts if p) + r"(?!\w)")


def names(secret: Secret, text: str) -> bool:
    """Whether a spaced text has the words of a secret, other than in a longer reference."""
    words = _words(secret.text)
    if words.search(text) is None:
        return False
    for longer in secret.inside:
        text = _words(longer).sub("|", text)
    return words.search(text) is not None


class Finder:
    """Some secrets, made ready to be looked for in many texts."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        each = [(squeezed(secret.text), secret) for secret in secrets]
        self.anywhere = [pair for pair in each if pair[1].how is How.ANYWHERE]
        self.words = [pair for pair in each if pair[1].how is How.WORD]
        self.whole = {flat: secret for flat, secret in each if secret.how is How.WHOLE}

    def told(self, text: str) -> Iterator[Secret]:
        """The secrets that a text gives away, the text being the whole of what stands there."""
        return self.among([text])

    def among(self, texts: Iterable[str]) -> Iterator[Secret]:
        """The secrets that some texts give away; their letters may run on from one to the next."""
        forms = _one_form("\0".join(text.replace("\0", " ") for text in texts)).split("\0")
        flats = [_NO_LETTERS.sub("", form) for form in forms]
        joined = "".join(flats)
        yield from (secret for wanted, secret in self.anywhere if wanted in joined)
        whole = set(flats)
        yield from (secret for wanted, secret in self.whole.items() if wanted in whole)
        if named := [secret for wanted, secret in self.words if wanted in joined]:
            words = "\0".join(_one_spaced(form) for form in forms)
            yield from (secret for secret in named if names(secret, words))

    def within(self, text: str) -> Iterator[Secret]:
        """The secrets whose letters stand in a text, which is no text that people read."""
        flat = squeezed(text)
        yield from (secret for wanted, secret in self.anywhere if wanted in flat)
