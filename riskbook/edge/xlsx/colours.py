"""Colours of letters and of what they stand on: can anybody read it?

::

    <color rgb="FFC00000"/>            C00000
    <color theme="0" tint="-0.05"/>    theme 0 -0.05, about F2F2F2 in nearly every theme
    white on white, F2F2F2 on white    faint
"""

from xml.etree.ElementTree import Element

from riskbook.edge.xlsx.numfmt import is_index

# the 8 first of Excel's indexed colours; 64 and 65 are the system's own
# Source: ECMA-376 part 1, 18.8.27, indexedColors
_INDEXED = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_THEME = {"0": 255, "1": 0}  # white and black in nearly every theme
WHITE, BLACK, PATTERN = "FFFFFF", "000000", "pattern"
LEAST = 3  # points: nobody reads smaller letters
FAINT = 1.3  # the contrast below which nobody sees letters on a screen or on paper
DIGITS = frozenset("0123456789ABCDEF")


def colour(element: Element | None) -> str:
    """``C00000``; ``theme 4 0.4`` of the theme's, ``indexed 20`` of the palette; "" = automatic."""
    return colour_of(element.attrib) if element is not None else ""


def colour_of(said: dict[str, str]) -> str:
    """The same of an element's attributes."""
    if rgb := said.get("rgb"):
        return rgb[-6:].upper()
    if theme := said.get("theme"):
        return f"theme {theme} {said.get('tint', '')}".strip()
    index = said.get("indexed", "")
    if index in ("", "64", "65"):
        return ""
    return _INDEXED[int(index) % 8] if is_index(index) and int(index) < 16 else f"indexed {index}"


def ground(fill: Element) -> str:
    """The colour of a fill; white where there is none, "pattern" for more than one colour."""
    pattern = fill.find("{*}patternFill")
    kind = "gradient" if pattern is None else pattern.get("patternType", "none")
    if pattern is None or kind not in ("none", "solid"):
        return PATTERN
    return (kind == "solid" and colour(pattern.find("{*}fgColor"))) or WHITE


def faint(ink: str, under: str) -> bool:
    """Whether letters of a colour cannot be told from what they stand on."""
    one, other = _shown(ink or BLACK), _shown(under)
    if not (_is_rgb(one) and _is_rgb(other)):
        return one == other
    return contrast(one, other) < FAINT


def too_small(points: str) -> bool:
    """Whether letters of a size cannot be read."""
    return is_index(points) and int(points) < LEAST


def contrast(ink: str, under: str) -> float:
    """The contrast of two colours RRGGBB, 1 to 21.

    Source: W3C, Web Content Accessibility Guidelines 2.2, contrast ratio.
    """
    lighter, darker = sorted((_luminance(ink), _luminance(under)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(rgb: str) -> float:
    parts = [int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _is_rgb(text: str) -> bool:
    return len(text) == 6 and DIGITS.issuperset(text)


def _shown(name: str) -> str:
    """White and black of the theme with their tints as RRGGBB; any other colour as it is."""
    kind, _, rest = name.partition(" ")
    number, _, tint = rest.partition(" ")
    if kind != "theme" or number not in _THEME:
        return name
    try:
        share = max(-1.0, min(1.0, float(tint or "0")))
    except ValueError:
        return name
    base = _THEME[number]
    level = base * (1 + share) if share < 0 else base + (255 - base) * share
    return f"{round(level):02X}" * 3
