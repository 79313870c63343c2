"""Markup: how the library's own records show themselves in a notebook, every text from data escaped."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from pmo_analytics.schemas.paints import PAINTS
from pmo_analytics.schemas.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CELL = "text-align:left;vertical-align:top;padding:2px 10px 2px 0"


class Safe(str):
    """Text that is markup already."""

    __slots__ = ()


def escaped(text: object) -> Safe:
    """Any text as it may stand in markup; markup made here stays what it is.

    >>> escaped("<b>")
    '&lt;b&gt;'
    """
    if isinstance(text, Safe):
        return text
    whole = str(text).encode("utf-8", errors="replace").decode("utf-8")
    # A notebook reads text between dollar signs as a formula.
    return Safe(html.escape(whole).replace("$", "&#36;"))


def chip(colour: str | None) -> Safe:
    """A colour as letter and words on its fill; "X Not rated" for none.

    >>> "A Amber" in chip("amber"), "X Not rated" in chip(None)
    (True, True)
    """
    paint = PAINTS.get(str(colour), PAINTS[UNKNOWN])
    return Safe(
        f'<span style="background:{paint.fill};color:{paint.ink};padding:1px 8px;white-space:nowrap">'
        f"{escaped(paint.label)}</span>"
    )


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Safe:
    """Rows under headings.

    >>> table(["ID"], [["<P1>"]]).count("&lt;P1&gt;")
    1
    """
    head = "".join(f'<th style="{_CELL}">{escaped(heading)}</th>' for heading in headings)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{escaped(cell)}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return Safe(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def block(title: str, *parts: str) -> str:
    """A title and what stands below it."""
    return f"<div><strong>{escaped(title)}</strong>{''.join(f'<div>{escaped(part)}</div>' for part in parts)}</div>"
