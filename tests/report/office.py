"""LibreOffice and poppler at work: what a workbook looks like when another program opens, counts and prints it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

#: LibreOffice keeps the figures that a file brings; with this it counts them anew.
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
  <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
 </item>
</oor:items>
"""


def program(*names: str) -> str:
    """The path of a program; where it is absent the test is skipped, in CI it fails."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        words = f"{' or '.join(names)} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    return found


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice saves it in another format (or the same one), every formula counted anew."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")
    office = program("soffice", "libreoffice")
    command = [office, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=300
    )
    return folder / f"{path.stem}.{kind}"


def pages_of(pdf: Path) -> list[str]:
    """The text of every page, laid out as printed."""
    command = [program("pdftotext"), "-layout", "-enc", "UTF-8", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode("utf-8")
    return text.split("\f")[:-1]
