"""Texts made fit for paper: nothing that cannot be printed."""

import re

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
BULLET = "\uf0b7"  # what Word leaves of a bullet from its Symbol font


def printable(text: str) -> str:
    """A text with plain line ends, and a mark in place of what has no shape."""
    text = LINE_ENDS.sub("\n", text).replace("\t", " ").replace(BULLET, "\u2022")
    return UNPRINTABLE.sub("\ufffd", text)
