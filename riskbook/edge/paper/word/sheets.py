"""The sheets of paper that a report lies on."""

from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement

from riskbook.edge.paper.word.elements import element, twips

SIDE, TOP, BOTTOM, EDGE = 18.0, 22.0, 20.0, 10.0  # millimetres; EDGE: of header and footer


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper, in millimetres."""

    wide: float
    high: float

    @property
    def across(self) -> float:
        """The width of its text."""
        return self.wide - 2 * SIDE

    @property
    def down(self) -> float:
        """The height of its text."""
        return self.high - TOP - BOTTOM

    def properties(self) -> BaseOxmlElement:
        """The section properties of Word for it."""
        turned = {"orient": "landscape"} if self.wide > self.high else {}
        return element(
            "w:sectPr",
            element("w:type", val="nextPage"),
            element("w:pgSz", w=twips(self.wide), h=twips(self.high), **turned),
            element(
                "w:pgMar",
                top=twips(TOP),
                right=twips(SIDE),
                bottom=twips(BOTTOM),
                left=twips(SIDE),
                header=twips(EDGE),
                footer=twips(EDGE),
                gutter="0",
            ),
        )


SHEETS = {"a4": Sheet(210, 297), "a4 wide": Sheet(297, 210), "a3 wide": Sheet(420, 297)}  # ISO 216
