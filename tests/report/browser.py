"""Chromium at work: a page opened without any network, and what stands in it once its scripts have run."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

from .office import program

_SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--virtual-time-budget=20000",
    "--window-size=1280,1000",
)


def opened_page(path: Path, folder: Path, *, fragment: str = "") -> str:
    """The page as it stands in Chromium after its scripts have run."""
    command = [program("chromium", "chromium-browser", "google-chrome"), *_SWITCHES]
    address = path.as_uri() + (f"#{fragment}" if fragment else "")
    done = subprocess.run(
        [*command, f"--user-data-dir={folder / 'profile'}", "--dump-dom", address],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return done.stdout.decode("utf-8")


class Document(HTMLParser):
    """The elements of a page with their attributes, the tables as rows of text, and whether tags are balanced."""

    VOID = frozenset({"meta", "input", "br", "img", "link", "hr", "col"})

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.hidden: dict[str, int] = {}
        self.unbalanced: list[str] = []
        self._open: list[str] = []
        self._caption: str | None = None
        self._rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self.feed(text)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
            self._hide = "hidden" in dict(attrs)
        elif tag in ("th", "td", "caption"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.unbalanced.append(f"/{tag}")
        else:
            self._open.pop()
        if tag == "caption":
            self._caption = "".join(self._cell or [])
        elif tag in ("th", "td"):
            self._rows[-1].append("".join(self._cell or []))
            self._cell = None
        elif tag == "tr":
            self.hidden[self._caption or ""] = self.hidden.get(self._caption or "", 0) + self._hide
        elif tag == "table":
            self.tables[self._caption or ""] = self._rows

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of that tag."""
        return [attributes for name, attributes in self.elements if name == tag]


def without_scripts(text: str) -> str:
    """The page without the text of its scripts and styles."""
    return re.sub(r"<(script|style)\b[^>]*>.*?</\1>", r"<\1></\1>", text, flags=re.S)
