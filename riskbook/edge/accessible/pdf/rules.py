"""The checklist of an accessible PDF, judged on the finished file.

Source: PDF Association, The Matterhorn Protocol, whose checkpoints the lines are numbered
by; lines of riskbook's own are numbered under "riskbook".
"""

import re
from collections import Counter
from collections.abc import Iterator

from riskbook.edge.accessible.lines import Rule
from riskbook.edge.accessible.pdf.reading import MEDIA, Document
from riskbook.edge.accessible.pdf.structure import STRUCTURE
from riskbook.edge.accessible.pdf.tags import STANDARD, role_of

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
AGAIN = "Make the report again with riskbook; if the line still fails, report it as a fault."


def not_tagged(found: Document) -> Iterator[str]:
    """A document without tags."""
    if not found.tagged:
        yield "the document has no tags"
    if found.suspects:
        yield "its tags are marked as doubtful"


def untagged(found: Document) -> Iterator[str]:
    """Content outside any tag, or in two kinds of them."""
    for page in found.pages:
        for count, what in (
            (page.painted.untagged, "neither tagged nor marked as decoration"),
            (page.painted.decoration_in_content, "decoration inside tagged content"),
            (page.painted.content_in_decoration, "tagged content inside decoration"),
        ):
            if count:
                yield f"page {page.number}: {count} of {what}"


def lost(found: Document) -> Iterator[str]:
    """Tagged pieces that the tree names not once, or that it names and that are not there."""
    named = Counter(
        piece for tag in (found.tree.walk() if found.tree else ()) for piece in tag.pieces
    )
    there = {(page.number, piece) for page in found.pages for piece in page.painted.pieces}
    for page, piece in sorted(there):
        if named[page, piece] != 1:
            yield f"page {page}: piece {piece} is in the tree of tags {named[page, piece]} times"
    for page, piece in sorted(named.keys() - there):
        yield f"page {page}: the tree of tags names piece {piece}, which is not there"


def roles(found: Document) -> Iterator[str]:
    """Tags of the document's own that stand for nothing, and standard ones that are changed."""
    for own in found.roles:
        if own in STANDARD:
            yield f"the standard tag {own[1:]} is made to mean another one"
        elif not role_of(own, found.roles):
            yield f"the tag {own[1:]} stands for no standard one"
    for tag in found.tree.walk() if found.tree else ():
        if not tag.role and tag is not found.tree and tag.kind not in found.roles:
            yield f"there is a tag {tag.kind[1:]} that is not explained"


def metadata(found: Document) -> Iterator[str]:
    """No metadata, or no claim to be PDF/UA."""
    if not found.metadata:
        yield "the document has no metadata that can be read"
    elif found.part != "1":
        yield "the metadata do not say PDF/UA-1"


def title(found: Document) -> Iterator[str]:
    """No title, or two."""
    told, info = found.titles
    if not told:
        yield "the metadata hold no title"
    elif info and info != told:
        yield f"the metadata say {told!r} and the information {info!r}"


def not_shown(found: Document) -> Iterator[str]:
    """A window that shows the name of the file."""
    if not found.shows_title:
        yield "the title bar shows the name of the file"


def language(found: Document) -> Iterator[str]:
    """No language."""
    if not LANGUAGE.fullmatch(found.language):
        yield f"its language is {found.language!r}"


def unread(found: Document) -> Iterator[str]:
    """Fonts whose letters cannot be read out."""
    for font in found.fonts:
        if not font.mapped:
            yield f"the letters of {font.name} are not mapped to Unicode"
        elif font.empty:
            yield f"{font.name} maps a code to no letter"


def left_out(found: Document) -> Iterator[str]:
    """Fonts that are not in the file."""
    yield from (f"{font.name} is not embedded" for font in found.fonts if not font.embedded)


def links(found: Document) -> Iterator[str]:
    """Links that are not tagged as such, or that say nothing."""
    tagged = {n for tag in (found.tree.all("/Link") if found.tree else ()) for n in tag.marks}
    for page in found.pages:
        for mark in page.marks:
            if mark.kind != "/Link":
                continue
            if mark.number not in tagged:
                yield f"page {page.number}: a link is not in a tag Link"
            elif not mark.told.strip():
                yield f"page {page.number}: a link does not say where it leads"


def tabs(found: Document) -> Iterator[str]:
    """Pages on which Tab does not follow the tags."""
    for page in found.pages:
        if page.marks and not page.in_tag_order:
            yield f"page {page.number}: Tab does not follow the order of the tags"


def marks(found: Document) -> Iterator[str]:
    """Annotations that a screen reader cannot say, and media."""
    tagged = {n for tag in (found.tree.walk() if found.tree else ()) for n in tag.marks}
    for page in found.pages:
        for mark in page.marks:
            if mark.kind in MEDIA:
                yield f"page {page.number}: {mark.kind[1:]}"
            elif mark.kind not in ("/Link", "/Popup", "/PrinterMark") and not (
                mark.told.strip() and mark.number in tagged
            ):
                yield f"page {page.number}: an annotation {mark.kind[1:]} says nothing"


def scripts(found: Document) -> Iterator[str]:
    """Programs, files and forms in the document."""
    yield from found.scripts
    for page in found.pages:
        for mark in page.marks:
            if mark.acts in ("/JavaScript", "/Launch"):
                yield f"page {page.number}: an annotation starts a program"
    if found.embedded:
        yield "there are files in it"
    if found.forms:
        yield "it has a dynamic form"


def locked(found: Document) -> Iterator[str]:
    """Protection that shuts screen readers out."""
    if not found.readable:
        yield "it is protected against screen readers"


def bookmarks(found: Document) -> Iterator[str]:
    """No bookmarks, or bookmarks that lead nowhere."""
    if len(found.pages) > 1 and not found.bookmarks:
        yield "the document has no bookmarks"
    for name, page in found.bookmarks:
        if not name.strip():
            yield f"a bookmark to page {page} has no words"
        elif not page:
            yield f"the bookmark {name!r} leads to no page"


RULES: tuple[Rule[Document], ...] = (
    Rule("01.1", "The document is tagged", AGAIN, not_tagged, essential=True),
    Rule(
        "01.2",
        "Everything on a page is tagged, or marked as decoration, and never both",
        AGAIN,
        untagged,
        essential=True,
    ),
    Rule("01.3", "Each tagged piece is read once, and none is lost", AGAIN, lost, essential=True),
    Rule("02", "Each tag is a standard one, or stands for one", AGAIN, roles, essential=True),
    Rule("06.1", "The metadata say PDF/UA-1", AGAIN, metadata),
    Rule(
        "06.2",
        "The document has a title",
        "Fill in the title on the sheet About, and make the report again.",
        title,
        essential=True,
    ),
    Rule("07", "The window shows the title, not the name of the file", AGAIN, not_shown),
    *STRUCTURE,
    Rule("10", "Each letter can be read as text", AGAIN, unread, essential=True),
    Rule("11", "The document says its language", AGAIN, language, essential=True),
    Rule("25", "There are no scripts, embedded files or dynamic forms", AGAIN, scripts),
    Rule(
        "26",
        "Nothing keeps a screen reader out",
        "Take the protection off the document.",
        locked,
        essential=True,
    ),
    Rule("28.1", "Links are tagged, and say where they lead", AGAIN, links, essential=True),
    Rule("28.2", "Tab follows the order of the tags", AGAIN, tabs),
    Rule("28.3", "There are no other annotations that say nothing, and no media", AGAIN, marks),
    Rule("31", "Fonts are embedded", AGAIN, left_out),
    Rule("riskbook 1", "There are bookmarks, and each leads to a page", AGAIN, bookmarks),
    Rule(
        "01.4",
        "The reading order makes sense",
        "Listen to the document from its first page to its last.",
        None,
        essential=True,
    ),
    Rule(
        "04", "Nothing is said by colour alone, and contrast is enough", "Print it in grey.", None
    ),
    Rule(
        "13.2",
        "Alternative texts say what the figures show",
        "Read each one without looking at its figure.",
        None,
        essential=True,
    ),
    Rule("14.2", "Headings say what follows", "Read the bookmarks alone.", None, essential=True),
)
