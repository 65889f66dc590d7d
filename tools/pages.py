"""Makes the pictures of the page for the docs: a sample interview in Chromium, light and dark.

python -m tools.pages
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.report import sample

from interviewer.bank.library import Bank
from interviewer.report import page

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
HELD = datetime(2026, 11, 21, 18, 5, tzinfo=UTC)


def main() -> None:
    """Makes both pictures anew."""
    bank = Bank.open()
    text = page.render(*sample.card_of(sample.rich(bank), bank), bank, session="2026-11-21-quiet-otter", held=HELD)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, scheme, at in (("page-summary", "light", "main"), ("page-question", "dark", ".q")):
            context = browser.new_context(
                viewport={"width": 1100, "height": 900},
                color_scheme=scheme,  # type: ignore[arg-type]
                reduced_motion="reduce",
            )
            view = context.new_page()
            view.goto(file.as_uri())
            view.locator(at).first.evaluate("node => node.scrollIntoView()")
            view.screenshot(path=FOLDER / f"{name}.png")
            context.close()
        browser.close()
    print(f"Pictures are in {FOLDER}.")


if __name__ == "__main__":
    main()
