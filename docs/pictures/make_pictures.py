"""Make the pictures of the README from the sample: the workbook's first page, the page, three charts.

    python docs/pictures/make_pictures.py [FOLDER]

Needs LibreOffice, poppler and Chromium. Look at the pictures before you keep them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pmo_analytics as pmo

if TYPE_CHECKING:
    import plotly.graph_objects as go

#: How wide a picture is in pixels, and how high that of the page; a chart has its own height.
WIDTH, PAGE_HEIGHT, MARGIN = 1280, 900, 12
WORKBOOK = "summary.png"
PICTURES = (WORKBOOK, "page.png", "rag_over_time.png", "cpi_spi.png", "roadmap.png")
#: Dots per inch of the workbook's page: about as wide as the others.
RESOLUTION = 110


def make_pictures(folder: Path) -> None:
    """Write every picture into the folder."""
    portfolio = pmo.load(pmo.sample_data(), config=pmo.sample_settings())
    with tempfile.TemporaryDirectory() as work:
        place = Path(work)
        print_first_page(pmo.write_report(portfolio, place / "report.xlsx"), folder / WORKBOOK)
        photograph(pmo.write_page(portfolio, place / "page.html"), folder, PAGE_HEIGHT)
        for name, figure in drawn(portfolio).items():
            path = place / f"{name}.html"
            figure.update_layout(width=WIDTH - 2 * MARGIN)
            figure.write_html(path, include_plotlyjs=True, config={"displayModeBar": False})
            style = f"<style>body {{ margin: {MARGIN}px }}</style>"
            path.write_text(style + path.read_text("utf-8"), "utf-8")
            photograph(path, folder, int(figure.layout.height) + 2 * MARGIN)


def drawn(portfolio: pmo.Portfolio) -> dict[str, go.Figure]:
    """The charts of the README by name."""
    rated = pmo.rate(pmo.measure(portfolio))
    history = pmo.rate(pmo.measure_by_period(portfolio))
    return {
        "rag_over_time": pmo.charts.rag_over_time(pmo.count_colours(history, by="period")),
        "cpi_spi": pmo.charts.cpi_spi(rated),
        "roadmap": pmo.charts.roadmap(
            pmo.charts.project_dates(portfolio),
            milestones=pmo.items(portfolio, "milestones"),
            as_of=portfolio.as_of,
        ),
    }


def print_first_page(workbook: Path, picture: Path) -> None:
    """Print a workbook and keep the first page as a picture."""
    place = workbook.parent
    office = [
        program("soffice", "libreoffice"),
        "--headless",
        f"-env:UserInstallation={place.as_uri()}/office",
    ]
    run([*office, "--convert-to", "pdf", "--outdir", str(place), str(workbook)])
    paper = [program("pdftoppm"), "-png", "-singlefile", "-r", str(RESOLUTION), "-f", "1", "-l", "1"]
    run([*paper, str(workbook.with_suffix(".pdf")), str(picture.with_suffix(""))])


def photograph(path: Path, folder: Path, height: int) -> None:
    """Open a page in Chromium, which reaches no network, and keep what is seen first."""
    picture = folder / f"{path.stem}.png"
    browser = [program("chromium", "chromium-browser", "google-chrome"), "--headless", "--no-sandbox"]
    switches = ["--disable-gpu", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND"]
    switches += ["--virtual-time-budget=20000", f"--user-data-dir={path.parent / 'chromium'}"]
    run([*browser, *switches, f"--window-size={WIDTH},{height}", f"--screenshot={picture}", path.as_uri()])


def program(*names: str) -> str:
    """The path of a program."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SystemExit(f"{' or '.join(names)} is not installed")
    return found


def run(command: list[str]) -> None:
    """Run a program to its end."""
    subprocess.run(command, check=True, capture_output=True, timeout=300)


if __name__ == "__main__":
    make_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
