"""How the cells of a workbook look: font, colours, alignment, read from its styles part."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from riskbook.edge.xlsx import colours
from riskbook.edge.xlsx.colours import colour

BLACK = ("", "000000", "theme 1")
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One cell format."""

    font: str = "Calibri"
    size: float = 11
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    script: str = ""  # superscript, subscript
    colour: str = ""  # RRGGBB; empty for the automatic one
    fill: str = ""  # RRGGBB; empty for none
    pattern: bool = False  # a fill other than one plain colour
    borders: frozenset[str] = frozenset()
    wrapped: bool = False
    horizontal: str = "general"
    turned: bool = False
    quoted: bool = False  # its text is text, whatever it begins with
    style: str = "Normal"
    heading: int = 0  # 1 for the built-in style Heading 1


def looks(root: Element) -> tuple[Look, ...]:
    """The format of each style index, from the root of a styles part."""
    fonts, fills = root.findall("{*}fonts/{*}font"), root.findall("{*}fills/{*}fill")
    borders, named = root.findall("{*}borders/{*}border"), dict(_named(root))
    return tuple(
        _look(
            entry,
            fonts[int(entry.get("fontId", "0"))],
            fills[int(entry.get("fillId", "0"))],
            borders[int(entry.get("borderId", "0"))],
            named.get(entry.get("xfId", "0"), ("Normal", 0)),
        )
        for entry in root.iterfind("{*}cellXfs/{*}xf")
    )


def _named(root: Element) -> Iterator[tuple[str, tuple[str, int]]]:
    """(xfId, (name, level)) of each named style; Heading 1 to 4 are built in as 16 to 19."""
    for style in root.iterfind("{*}cellStyles/{*}cellStyle"):
        number = int(style.get("builtinId", "-1"))
        level = number - 15 if 16 <= number <= 19 else 0
        yield style.get("xfId", "0"), (style.get("name", ""), level)


def _look(
    entry: Element, font: Element, fill: Element, border: Element, named: tuple[str, int]
) -> Look:
    alignment = entry.find("{*}alignment")
    told = {} if alignment is None else alignment.attrib
    name, size = font.find("{*}name"), font.find("{*}sz")
    script = font.find("{*}vertAlign")
    filled, pattern = _fill(fill)
    return Look(
        font="" if name is None else name.get("val", ""),
        size=11.0 if size is None else float(size.get("val", "11")),
        italic=_on(font, "i"),
        underlined=_on(font, "u"),
        struck=_on(font, "strike"),
        script="" if script is None else script.get("val", ""),
        colour=_colour(font.find("{*}color")),
        fill=filled,
        pattern=pattern,
        borders=frozenset(
            str(side.tag).rpartition("}")[2]
            for side in border
            if side.get("style", "none") != "none"
        ),
        wrapped=told.get("wrapText") in ("1", "true"),
        horizontal=told.get("horizontal", "general"),
        turned=told.get("textRotation", "0") != "0",
        quoted=entry.get("quotePrefix") in ("1", "true"),
        style=named[0],
        heading=named[1],
    )


def _on(font: Element, name: str) -> bool:
    found = font.find(f"{{*}}{name}")
    return found is not None and found.get("val", "1") not in ("0", "false", "none")


def _fill(fill: Element) -> tuple[str, bool]:
    """Its colour, and whether it is a pattern (or a gradient) and not one plain colour."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return UNKNOWN, True
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return "", False
    return _colour(pattern.find("{*}fgColor")) or UNKNOWN, kind != "solid"


def _colour(element: Element | None) -> str:
    """A colour as RRGGBB; empty for what the reader's own system shows as its text colour."""
    found = colour(element)
    return "" if found in BLACK else found if " " not in found else UNKNOWN


def contrast(ink: str, ground: str) -> float:
    """The contrast of two colours, 1 to 21; 0 where one of them is not known."""
    return 0 if UNKNOWN in (ink, ground) else colours.contrast(ink, ground)
