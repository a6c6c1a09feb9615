"""Figures: weights, gross against nett, scores that were typed (RB3xx)."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import product

from riskbook.core.checks.rules import Case
from riskbook.core.finding import Finding
from riskbook.core.formulas import formula, stands
from riskbook.core.grid import BLANK, Cell, Kind
from riskbook.core.model import Risk
from riskbook.core.scores import Result, results
from riskbook.core.scoring import half_up, plain
from riskbook.core.values import percent

NOISE = Decimal("1e-9")  # two numbers nearer than this are the same: a cell holds 15 digits


def weights(case: Case) -> Iterator[Finding]:
    """RB301: the weights of one risk sum to 100 %, within the profile's tolerance."""
    for overall in case.scores.overalls.values():
        total = overall.weight_total
        if abs(total - 1) > case.profile.weight_tolerance:
            shares = " + ".join(
                percent(row.weight) if row.weight is not None else "?" for row in overall.rows
            )
            yield case.finding(
                "RB301",
                case.reading.risks.at(overall.rows[0].row, "weight"),
                f"the weights of risk {overall.ref} sum to {percent(half_up(total, 6))}: {shares}.",
                "Make them sum to 100 %; until then there is no overall score.",
                field="weight",
                value=percent(half_up(total, 6)),
            )


def stages(case: Case) -> Iterator[Finding]:
    """RB302, RB303: controls do not make a risk worse."""
    for code, worse, better in (("RB302", "gross", "nett"), ("RB303", "nett", "target")):
        for risk in case.register.risks:
            scores = case.scores.by_row[risk.row]
            if worse not in scores or better not in scores:
                continue
            before, after = scores[worse].points, scores[better].points
            if after > before:
                words = case.profile.words
                yield case.finding(
                    code,
                    case.reading.risks.at(risk.row, f"{better}_points"),
                    f"{risk.key or 'the risk'} scores {plain(after)} {words[better]} and only "
                    f"{plain(before)} {words[worse]}.",
                    f"Check the levels: {words[better]} cannot be worse than {words[worse]}.",
                    field=f"{better}_points",
                    value=plain(after),
                )


def typed_over(case: Case) -> Iterator[Finding]:
    """RB304, RB305: a value where the formula was; it is compared and never believed."""
    for risk, field, cell, result in computed(case):
        if cell.formula is not None or cell.kind is Kind.BLANK:
            continue
        differs = not same(cell, result)
        code, message = ("RB304", "differs from") if differs else ("RB305", "stands in for")
        yield case.finding(
            code,
            case.reading.risks.at(risk.row, field),
            f"{cell.text!r} was typed over the formula and {message} the computed {shown(result)}.",
            "Copy the formula back from the row above or below.",
            field=field,
            value=cell.text,
        )


def other_formulas(case: Case) -> Iterator[Finding]:
    """RB308: a formula of somebody else's in a computed column is left alone, and said."""
    columns = {column.field: column for column in case.profile.risks.columns}
    wanted = {f: formula(case.profile, c) for f, c in columns.items() if not c.entered}
    sheet = case.reading.risks
    for risk, field in product(case.register.risks, wanted):
        cell = sheet.cell(risk.row, field) if field in sheet.mapped.columns else BLANK
        place = sheet.mapped.columns.get(field, 0)
        if cell.formula is not None and not stands(sheet, wanted[field], risk.row, place):
            heading = columns[field].heading
            yield case.finding(
                "RB308",
                case.reading.risks.at(risk.row, field),
                f"the formula under {heading} is not the template's: {clip(cell.formula)}.",
                "Copy the formula back from the row above or below.",
                field=field,
                value=f"={cell.formula}",
            )


def clip(text: str) -> str:
    """A formula short enough for a sentence; one without words is kept in another cell."""
    if not text:
        return "one that several cells share"
    return f"={text}" if len(text) <= 60 else f"={text[:56]}..."


def computed(case: Case) -> Iterator[tuple[Risk, str, Cell, Result]]:
    """Each computed cell of the risks sheet with the value that it should show."""
    sheet = case.reading.risks
    for risk in case.register.risks:
        for field, result in results(risk, case.scores, case.profile).items():
            if field in sheet.mapped.columns:
                yield risk, field, sheet.cell(risk.row, field), result


def same(cell: Cell, result: Result) -> bool:
    """Whether a cell shows a result; numbers to the digits a cell holds."""
    if isinstance(result, Decimal):
        return cell.kind is Kind.NUMBER and abs(cell.number - result) <= NOISE
    return cell.text == result


def shown(result: Result) -> str:
    """A result as people read it."""
    return plain(result) if isinstance(result, Decimal) else result or "blank"


def old_values(case: Case) -> Iterator[Finding]:
    """RB306: what a computed cell shows is not what the entries give; refreshing mends it.

    Not among ``CHECKS``: a refresh mends these, so its own pages never list them.
    """
    stale = [
        (risk, field, cell, result)
        for risk, field, cell, result in computed(case)
        if cell.formula is not None and not same(cell, result)
    ]
    for risk, field, cell, result in stale:
        yield case.finding(
            "RB306",
            case.reading.risks.at(risk.row, field),
            f"the cell shows {cell.text or 'nothing'}; the entries give {shown(result)}.",
            "Run `riskbook refresh`.",
            field=field,
            value=cell.text,
        )


def appetite(case: Case) -> Iterator[Finding]:
    """RB307: the nett score against what the council accepts in its category."""
    accepted = case.profile.appetite
    if accepted is None:
        return
    for risk in case.register.risks:
        score = case.scores.by_row[risk.row].get("nett")
        most = accepted.most.get(risk.text(accepted.by), accepted.otherwise)
        if score and score.points > most:
            yield case.finding(
                "RB307",
                case.reading.risks.at(risk.row, "nett_points"),
                f"{risk.key or 'the risk'} scores {plain(score.points)}; the appetite is "
                f"{plain(most)}.",
                "Plan actions that bring it down, or record why it is tolerated.",
                field="nett_points",
                value=plain(score.points),
            )


CHECKS: tuple[Callable[[Case], Iterable[Finding]], ...] = (
    weights,
    stages,
    typed_over,
    other_formulas,
    appetite,
)
