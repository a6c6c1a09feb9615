"""What the doctor says: what is installed, what a button runs, what stands in the way."""

from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any


class State(Enum):
    """Of one obstacle."""

    OK = "ok"  # looked at, and not in the way
    FOUND = "found"  # in the way
    UNKNOWN = "unknown"  # cannot be known here; the sentence says why


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A program or package; ``version`` and ``where`` are empty where it is missing."""

    name: str
    version: str = ""
    where: str = ""  # its full path, or a remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """The ways to the same command."""

    name: str  # of riskbook.core.commands
    label: str  # on the button
    runs: str  # what the add-in and LibreOffice's toolbar start, to the letter
    macro: str  # what the button inside a workbook with macros starts; empty without one
    equal: str  # on the command line, FILE in place of the workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that can stand in the way, whether it does, and what to do."""

    name: str  # a word for scripts, e.g. "child-process"
    state: State
    what: str  # one sentence
    fix: str = ""  # one sentence in the imperative; empty where nothing is to be done

    def __post_init__(self) -> None:
        """A remedy for everything that needs one, and for nothing else."""
        if (self.state is State.OK) == bool(self.fix):
            raise ValueError(f"a remedy goes with an obstacle: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All of it, in the order to be read in."""

    installed: tuple[Installed, ...]
    buttons: tuple[Button, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def exit_code(self) -> int:
        """1 if anything stands in the way, else 0."""
        return int(any(obstacle.state is State.FOUND for obstacle in self.obstacles))

    def document(self) -> dict[str, Any]:
        """As JSON: lists of objects under ``installed``, ``buttons`` and ``obstacles``."""
        obstacles = [asdict(each) | {"state": each.state.value} for each in self.obstacles]
        return {
            "installed": [asdict(each) for each in self.installed],
            "buttons": [asdict(each) for each in self.buttons],
            "obstacles": obstacles,
        }


def ok(name: str, what: str) -> Obstacle:
    """Looked at, and not in the way."""
    return Obstacle(name=name, state=State.OK, what=what)


def found(name: str, what: str, *, fix: str) -> Obstacle:
    """In the way."""
    return Obstacle(name=name, state=State.FOUND, what=what, fix=fix)


def unknown(name: str, what: str, *, fix: str) -> Obstacle:
    """Cannot be known here; ``fix`` says where to look."""
    return Obstacle(name=name, state=State.UNKNOWN, what=what, fix=fix)
