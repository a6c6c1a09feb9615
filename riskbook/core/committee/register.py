"""The register on paper: a line for each risk, or the whole register as a deep dive prints it."""

from collections.abc import Iterator, Sequence

from riskbook.core.blocks import Block, Heading, Section, Table, Text
from riskbook.core.forms import Told
from riskbook.core.forms.parts import Fields, dated
from riskbook.core.model import Risk, family
from riskbook.core.page import PageCell
from riskbook.core.pages.parts import percent_cell
from riskbook.core.profile import Column
from riskbook.core.scoring import half_up, plain
from riskbook.core.words import LATER_COLUMNS

REF, TITLE, WEIGHT, LEVEL, SCORE, PEOPLE = 11, 36, 9, 12, 12, 18
ASKED = ("category", "owner", "member", "priority")  # who answers, and what is endangered
LEFT_OUT = ("prior_gross", "prior_nett", "prior_target", *LATER_COLUMNS)


def register(told: Told) -> Section:
    """The register as the profile's layout prints it."""
    if told.profile.layout == "deep-dive":
        return Section(told.profile.sheets["risks"], tuple(_whole(told)), "a3 wide")
    return Section(told.profile.sheets["risks"], tuple(_brief(told)), "a4 wide")


def _brief(told: Told) -> Iterator[Block]:
    """One line a risk; in an operational report under the service that it belongs to."""
    grouped = told.profile.layout == "operational" and told.profile.risks.column("service")
    groups: dict[str, list[Risk]] = {}
    for risk in told.register.risks:
        groups.setdefault(risk.text("service") if grouped else "", []).append(risk)
    for name, risks in groups.items():
        if name:
            yield Heading(name, 2)
        yield _lines(risks, told)


def _lines(risks: Sequence[Risk], told: Told) -> Table:
    columns = told.profile.risks
    asked = [column for name in ASKED if (column := columns.column(name))]
    first = [columns.column("sub_ref") or columns.column("ref")]
    first.append(columns.column("sub_title") or columns.column("title"))
    headings = [column.heading for column in first if column]
    widths = [REF, TITLE]
    if told.profile.weighted:
        headings.append("Weight")
        widths.append(WEIGHT)
    headings += [column.heading for column in asked]
    widths += [PEOPLE] * len(asked)
    rows = []
    staged: list[PageCell] = []
    for risk in risks:
        fields = Fields(risk, told)
        stages = list(fields.stages(("likelihood", "impact")))
        staged = [cell for head, _ in stages for cell in head]
        cells = [PageCell(risk.key, "rb text"), PageCell(risk.title, "rb wrap")]
        cells += [percent_cell(risk.weight)] * told.profile.weighted
        cells += [PageCell(risk.text(column.field), "rb wrap") for column in asked]
        rows.append((*cells, *(cell for _, shown in stages for cell in shown)))
    head = (*(PageCell(text, "rb head") for text in headings), *staged)
    widths += [LEVEL, LEVEL, SCORE] * (len(staged) // 3)
    return Table(head, tuple(rows), tuple(widths), "The risks and their scores")


def _whole(told: Told) -> Iterator[Block]:
    """Every column of the register in the council's order, actions in the last."""
    profile = told.profile
    columns = [column for column in profile.risks.columns if _printed(column)]
    head = [PageCell(column.heading, "rb head") for column in columns]
    widths = [_width(column) for column in columns]
    actions = profile.actions
    if actions and (text := actions.column("text")):
        head.append(PageCell(text.heading, "rb head"))
        widths.append(44)
    rows = []
    for risk in told.register.risks:
        fields = Fields(risk, told)
        cells = [_cell(column, fields) for column in columns]
        if actions:
            cells.append(PageCell(_actions(risk, told), "rb wrap"))
        rows.append(tuple(cells))
    yield Table(tuple(head), tuple(rows), tuple(widths), "The register")
    words = profile.words
    for overall in told.scores.overalls.values():
        said = [
            f"{words[stage].lower()} {plain(half_up(points, 2))} ({overall.bands[stage].label})"
            for stage, points in overall.points.items()
        ]
        if said:
            name = f"{words['overall']}, {words['risk'].lower()} {overall.ref}"
            yield Text(f"{name}: {', '.join(said)}.", "lead")


def _printed(column: Column) -> bool:
    if column.kind == "computed":
        return column.field.endswith("_points")
    return column.field not in LEFT_OUT


def _width(column: Column) -> int:
    if column.kind in ("level", "computed", "weight"):
        return max(8, min(column.width, 11))
    return min(column.width, 34)


def _cell(column: Column, fields: Fields) -> PageCell:
    if column.kind == "level":
        return fields.level(column.stage, column.axis)
    if column.kind == "computed":
        return fields.score(column.stage)
    if column.kind == "weight":
        return percent_cell(fields.risk.weight)
    return PageCell(fields.risk.text(column.field), "rb wrap")


def _actions(risk: Risk, told: Told) -> str:
    """The actions of a risk, each a point: its words, who does it, who answers, by when."""
    lines = []
    for action in told.register.actions:
        if family(action.risk) == family(risk.key):
            people = dict.fromkeys(filter(None, (action.text("manager"), action.text("owner"))))
            who = f"[{'; '.join(people)}]" if people else ""
            lines.append("- " + " ".join(filter(None, (action.text("text"), who, dated(action)))))
    return "\n".join(lines)
