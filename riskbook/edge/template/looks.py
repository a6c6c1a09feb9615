"""What each named style looks like: XlsxWriter format properties by the style's name.

Pages name styles and the template defines them, so that the look of every sheet is
decided here and nowhere else.
"""

from collections.abc import Mapping
from typing import Any

from riskbook.core.page import band_style
from riskbook.core.pages.heat_map import square_style
from riskbook.core.profile import Profile

Look = Mapping[str, Any]

FONT = {"font_name": "Arial", "font_size": 10}
NAVY, GREY, PALE, LINE = "#1F3864", "#595959", "#F2F2F2", "#BFBFBF"
TOP = {"valign": "top"}
RIGHT = {"align": "right", "indent": 1}  # clear of the text in the next column
GRID = {"border": 1, "border_color": LINE}

LOOKS: Mapping[str, Look] = {
    "rb title": {"bold": True, "font_size": 16, "font_color": NAVY, "valign": "vcenter"},
    "rb subtitle": {"font_color": GREY, "text_wrap": True, **TOP},
    "rb source": {"font_color": GREY, "font_size": 8, "text_wrap": True, **TOP},
    "rb headline": {
        "bold": True,
        "font_size": 11,
        "font_color": NAVY,
        "text_wrap": True,
        "valign": "vcenter",
    },
    "rb space": {**TOP},
    "rb lead": {"bold": True, "font_size": 11},
    "rb heading": {"bold": True, "font_size": 12, "font_color": NAVY, "valign": "vcenter"},
    "rb note": {"font_color": GREY, "italic": True},
    "rb head": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": NAVY,
        "text_wrap": True,
        "valign": "vcenter",
        **GRID,
    },
    "rb caption": {
        "bold": True,
        "font_color": NAVY,
        "bg_color": "#D9E2F3",
        "center_across": True,
        **GRID,
    },
    "rb label": {"bold": True, "bg_color": PALE, **TOP, **GRID},
    "rb label wrap": {"bold": True, "bg_color": PALE, "text_wrap": True, **TOP, **GRID},
    "rb text": {**TOP, **GRID},
    "rb wrap": {"text_wrap": True, **TOP, **GRID},
    "rb number": {**TOP, **GRID, **RIGHT},
    "rb decimal": {"num_format": "0.00", **TOP, **GRID, **RIGHT},
    "rb points": {"num_format": "0.0#", "bold": True, **TOP, **GRID, **RIGHT},
    "rb percent": {"num_format": "0%", **TOP, **GRID, **RIGHT},
    "rb percent fine": {"num_format": "0.00%", **TOP, **GRID, **RIGHT},
    "rb total": {"bold": True, "bg_color": PALE, **TOP, **GRID, **RIGHT},
    "rb total decimal": {
        "bold": True,
        "bg_color": PALE,
        "num_format": "0.00",
        **TOP,
        **GRID,
        **RIGHT,
    },
    "rb total label": {"bold": True, "bg_color": PALE, "align": "left", **TOP, **GRID},
    "rb total percent": {
        "bold": True,
        "bg_color": PALE,
        "num_format": "0%",
        **TOP,
        **GRID,
        **RIGHT,
    },
    "rb link": {"font_color": "#0563C1", "underline": 1, **TOP, **GRID},
    "rb link wrap": {
        "font_color": "#0563C1",
        "underline": 1,
        "text_wrap": True,
        **TOP,
        **GRID,
    },
    "rb error": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#C00000", **TOP, **GRID},
    "rb warning": {"bold": True, "bg_color": "#FFE699", "text_wrap": True, **TOP, **GRID},
    "rb information": {"bg_color": "#DDEBF7", **TOP, **GRID},
    **{
        f"rb action {number}": {**ink, "bold": True, "align": "center", **TOP, **GRID}
        for number, ink in enumerate(
            (
                {"bg_color": "#C00000", "font_color": "#FFFFFF"},
                {"bg_color": "#FFC000"},
                {"bg_color": "#548235", "font_color": "#FFFFFF"},
                {"bg_color": "#FFFFFF"},
                {"bg_color": "#D6DCE4"},
            ),
            start=1,
        )
    },
    "rb form title": {
        "bold": True,
        "font_size": 13,
        "font_color": NAVY,
        "text_wrap": True,
        "valign": "vcenter",
        "bottom": 2,
        "bottom_color": NAVY,
    },
    "rb form heading": {"bold": True, "font_size": 11, "font_color": NAVY, "valign": "bottom"},
    "rb form lead": {"bold": True, "text_wrap": True, **TOP},
    "rb form text": {"text_wrap": True, **TOP},
    "rb form note": {"font_color": GREY, "italic": True, "text_wrap": True, **TOP},
    "rb form link": {"font_color": "#0563C1", "underline": 1, "font_size": 9, **TOP},
    "rb computed": {"bg_color": PALE, "align": "center", **TOP, **GRID},
    "rb computed text": {"bg_color": PALE, "text_wrap": True, **TOP, **GRID},
    "rb computed percent": {
        "bg_color": PALE,
        "num_format": "0%",
        "align": "center",
        **TOP,
        **GRID,
    },
    "rb computed decimal": {
        "bg_color": PALE,
        "num_format": "0.00",
        "align": "center",
        **TOP,
        **GRID,
    },
    "rb computed points": {
        "bg_color": PALE,
        "num_format": "0.0#",
        "bold": True,
        "align": "center",
        **TOP,
        **GRID,
    },
    "rb computed link": {
        "bg_color": PALE,
        "font_color": "#0563C1",
        "underline": 1,
        "align": "center",
        **TOP,
        **GRID,
    },
    "rb entry text": {"num_format": "@", "text_wrap": True, "locked": False, **TOP, **GRID},
    "rb entry level": {
        "num_format": "0",
        "locked": False,
        "align": "center",
        **TOP,
        **GRID,
    },
    "rb entry weight": {
        "num_format": "0%",
        "locked": False,
        "align": "center",
        **TOP,
        **GRID,
    },
    "rb entry number": {"locked": False, "align": "center", **TOP, **GRID},
}

ENTRY = {
    "level": "rb entry level",
    "weight": "rb entry weight",
    "number": "rb entry number",
}
COMPUTED = {
    "completeness": "rb computed percent",
    "weight_used": "rb computed percent",
    "weight_total": "rb computed percent",
    "page": "rb computed link",
    "weighted": "rb computed decimal",
    "overall": "rb computed points",
}


def looks(profile: Profile) -> dict[str, Look]:
    """Every named style of a workbook, the profile's bands among them."""
    found: dict[str, Look] = {name: {**FONT, **look} for name, look in LOOKS.items()}
    for band in profile.bands:
        found[band_style(profile.bands, band)] = {
            **FONT,
            **TOP,
            **GRID,
            "bold": True,
            "align": "center",
            "bg_color": band.fill,
            "font_color": band.ink,
            "text_wrap": True,
        }
        square = {"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
        found[square_style(profile.bands, band, empty=False)] = {
            **FONT,
            **square,
            "border": 2,
            "border_color": NAVY,
            "bold": True,
            "bg_color": band.fill,
            "font_color": band.ink,
        }
        found[square_style(profile.bands, band, empty=True)] = {
            **FONT,
            **square,
            "border_color": "#FFFFFF",
            "bg_color": paler(band.fill),
            "font_color": "#404040",
        }
    return found


def quoted(name: str) -> Look:
    """An entry style that keeps a text one that would be calculated (quotePrefix).

    Where the format is text's, that does: nobody wants an apostrophe before each "- a control".
    """
    return {**FONT, **LOOKS[name], "quote_prefix": LOOKS[name].get("num_format") != "@"}


def paler(fill: str) -> str:
    """A fill mixed with white, three parts of it in ten."""
    parts = (int(fill[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{(part * 3 + 255 * 7) // 10:02X}" for part in parts)


def entry_style(kind: str) -> str:
    """The style of an entry cell of a column of a kind."""
    return ENTRY.get(kind, "rb entry text")


def computed_style(field: str) -> str:
    """The style of a computed column."""
    last = field.rsplit("_", 1)[-1]
    return COMPUTED.get(field) or COMPUTED.get(last, "rb computed")
