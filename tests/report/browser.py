"""Chromium at work: a page opened without any network, and what stands in it once its scripts have run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

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


def acted_page(path: Path, folder: Path, script: str) -> Any:
    """What a script says that acts on the page as a reader would, in a copy of it; ``script`` returns it."""
    whole = (
        f"(async () => {{ const said = await (async () => {{ {script} }})();"
        " document.documentElement.dataset.said = JSON.stringify(said); })();"
    )
    digest = base64.b64encode(hashlib.sha256(whole.encode("utf-8")).digest()).decode("ascii")
    text = path.read_text(encoding="utf-8")
    # The policy of the page lets no other script run: the copy names this one in it.
    head, policy, rest = text.partition("script-src ")
    assert policy
    body, end, after = f"{head}{policy}'sha256-{digest}' {rest}".rpartition("</body>")
    copy = folder / "acted.html"
    copy.write_text(f"{body}<script>{whole}</script>{end}{after}", encoding="utf-8")
    root = Document(without_scripts(opened_page(copy, folder))).all("html")[0]
    return json.loads(str(root["data-said"]))


class Document(HTMLParser):
    """The elements of a page with their attributes, the tables as rows of text, and whether tags are balanced.

    ``texts`` are those of every element of some tags, in order.
    """

    VOID = frozenset({"meta", "input", "br", "img", "link", "hr", "col"})
    TOLD = frozenset({"title", "h1", "h3", "p", "li", "option"})

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.hidden: dict[str, int] = {}
        self.unbalanced: list[str] = []
        self.texts: dict[str, list[str]] = {tag: [] for tag in self.TOLD}
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
        if tag in self.TOLD:
            self.texts[tag].append("")
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
        if self._open and self._open[-1] in self.TOLD:
            self.texts[self._open[-1]][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of that tag."""
        return [attributes for name, attributes in self.elements if name == tag]


def without_scripts(text: str) -> str:
    """The page without the text of its scripts and styles."""
    return re.sub(r"<(script|style)\b[^>]*>.*?</\1>", r"<\1></\1>", text, flags=re.S)


def figure_texts(text: str) -> list[str]:
    """The data of every figure of a page as they are written, in its order."""
    return re.findall(r'<script type="application/json" id="figure-\d+">(.*?)</script>', text, flags=re.S)
