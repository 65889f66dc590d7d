"""The pages in a real browser, opened from disk: quiet, usable by hand, by keyboard and on paper, at every width."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from interviewer.bank.library import Bank
from interviewer.report import page, progress_page, side_by_side
from interviewer.report.exercises import Exercise
from interviewer.report.side_by_side import Side
from interviewer.session import events as ev
from interviewer.session.events import Event

from . import sample
from .payloads import PAYLOADS
from .practised import attempt, of

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LIT = "el => getComputedStyle(el).backgroundColor !== 'rgba(0, 0, 0, 0)'"


@pytest.fixture(scope="module")
def file(bank: Bank, events: list[Event], named: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "interview.html"
    path.write_text(page.render(*sample.card_of(events, bank), bank, **named), encoding="utf-8")
    return path


SAID = "\n\n".join(PAYLOADS)


@pytest.fixture(scope="module")
def hostile(bank: Bank, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each page with an answer, or where it shows none with names, made of scripts."""
    events = [
        event.model_copy(update={"text": SAID}) if isinstance(event, ev.AnswerGiven) else event
        for event in sample.held(bank, ("23dvxl8i",))
    ]
    transcript, card = sample.card_of(events, bank)
    side = Side(PAYLOADS[0], card.threads, card.by_dimension)
    named = [attempt(0, company=each, kind=each, levels={each: 3}) for each in PAYLOADS]
    return _written(
        tmp_path_factory.mktemp("hostile"),
        interview=page.render(transcript, card, bank),
        progress=progress_page.render(of(named, bank), [Exercise(PAYLOADS[0], "due", PAYLOADS[1])], bank),
        comparison=side_by_side.page(side_by_side.view(side, side, bank)),
    )


@pytest.fixture(scope="module")
def pages(bank: Bank, events: list[Event], file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The three pages there are."""
    dimensions = dict.fromkeys(name for card in bank.cards.values() for name in card.dimensions)
    past = [
        attempt(2 * day, company="anthropic" if day % 3 else "", levels={name: 1 + (day + place) % 5
                for place, name in enumerate(dimensions)}, guesses={"evidence": 5})
        for day in range(20)
    ]  # fmt: skip
    cards = [
        sample.card_of(told, bank)[1] for told in (sample.held(bank, ("01oofu6t", "23dvxl8i"), judged=False), events)
    ]
    left, right = (
        Side(f"2026-11-2{place}-quiet-otter", card.threads, card.by_dimension) for place, card in enumerate(cards)
    )
    exercises = [Exercise("incident-command", "due", "Due again: it went 2.0 40 days ago.")] * 3
    return {"interview": file} | _written(
        tmp_path_factory.mktemp("pages"),
        progress=progress_page.render(of(past, bank), exercises, bank),
        comparison=side_by_side.page(side_by_side.view(left, right, bank)),
    )


def _written(folder: Path, **texts: str) -> dict[str, Path]:
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in texts}


PAGES = ("interview", "progress", "comparison")


@pytest.fixture(scope="module")
def browser(pages: dict[str, Path], hostile: dict[str, Path]) -> Iterator[Browser]:
    """Debian's Chromium. While it runs, this thread has a running event loop, so the pages are made before."""
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def opened(context: BrowserContext, file: Path) -> Page:
    seen = context.new_page()
    seen.goto(file.as_uri())
    return seen


def _lit(seen: Page, selector: str) -> list[bool]:
    """Which of the elements have a background."""
    found: list[bool] = seen.eval_on_selector_all(selector, f"els => els.map({LIT})")
    return found


def _heard(context: BrowserContext, file: Path) -> tuple[Page, list[str], list[str]]:
    """The page, what the browser complained of, and what it asked for."""
    complaints: list[str] = []
    asked: list[str] = []
    seen = context.new_page()
    seen.on("console", lambda message: complaints.append(message.text))
    seen.on("pageerror", lambda error: complaints.append(str(error)))
    seen.on("dialog", lambda dialog: complaints.append(dialog.message))
    seen.on("request", lambda request: asked.append(request.url))
    seen.goto(file.as_uri(), wait_until="networkidle")
    return seen, complaints, asked


@pytest.mark.parametrize(
    ("name", "heading"), [("interview", "solid ground"), ("progress", "of 5"), ("comparison", "side by side")]
)
def test_it_opens_from_disk_without_a_complaint_and_asks_for_nothing_else(
    context: BrowserContext, pages: dict[str, Path], name: str, heading: str
) -> None:
    seen, complaints, asked = _heard(context, pages[name])
    assert (complaints, asked) == ([], [pages[name].as_uri()])
    assert heading in seen.locator("h1").inner_text().lower()


def test_pointing_at_a_level_lights_its_quotes_and_no_others(opened: Page) -> None:
    assert not any(_lit(opened, "#q1 a.mark"))
    opened.hover("#q1 .lv.k1")
    assert all(_lit(opened, "#q1 a.mark.k1"))
    assert not any(_lit(opened, "#q1 a.mark:not(.k1)"))
    assert not any(_lit(opened, "#q2 a.mark"))


def test_pointing_at_a_quote_lights_its_levels(opened: Page) -> None:
    opened.hover("#q1 a.mark.k1 >> nth=0")
    assert _lit(opened, "#q1 .lv.k1") == [True]


def test_focus_lights_as_pointing_does(opened: Page) -> None:
    opened.focus("#q1 .lv.k3")
    assert all(_lit(opened, "#q1 a.mark.k3"))
    opened.focus("#q1 a.mark.k3 >> nth=0")
    assert _lit(opened, "#q1 .lv.k3") == [True]


def test_enter_on_a_quote_opens_its_dimension_and_a_quote_there_leads_back(opened: Page) -> None:
    opened.focus("#q1 a.mark.k1 >> nth=0")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#q1 details.k1[open]")
    back = opened.locator("#q1 details.k1 blockquote a").first
    target = back.get_attribute("href") or ""
    back.focus()
    opened.keyboard.press("Enter")
    opened.wait_for_selector(f"{target}:target")
    words = opened.locator(target).inner_text().split()[:3]
    assert back.inner_text().strip("“”").split()[:3] == words


def test_tab_reaches_everything_in_the_order_of_reading(opened: Page) -> None:
    reached: list[str] = []
    for _ in range(6):
        opened.keyboard.press("Tab")
        reached.append(opened.evaluate("document.activeElement.className.split(' ')[0] || document.activeElement.hash"))
    assert reached == ["skip", "#q3d1", "#q1", "#q2", "#q3", "mark"]


@pytest.mark.parametrize("width", [375, 768, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen(
    context: BrowserContext, pages: dict[str, Path], name: str, width: int
) -> None:
    opened = context.new_page()
    opened.goto(pages[name].as_uri())
    opened.set_viewport_size({"width": width, "height": 900})
    opened.eval_on_selector_all("details", "els => els.forEach(el => el.open = true)")
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    outside = """width => [...document.querySelectorAll('main *, footer *')].filter(el => {
        const box = el.getBoundingClientRect();
        return box.width && !el.closest('svg, .skip') && (box.left < -0.5 || box.right > width + 0.5);
    }).map(el => el.className || el.tagName)"""
    assert opened.evaluate(outside, width) == []


OVERLAPPING = """() => {
    const blocks = [...document.querySelectorAll('.turn, .levels, .dim, .flags, .more, .three, .charts, .grid > li, '
        + '.table, .moved > li, .sides > div')];
    const boxes = blocks.map(el => el.getBoundingClientRect()).filter(box => box.height);
    return boxes.filter((a, i) => boxes.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1
        && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_nothing_overlaps(context: BrowserContext, pages: dict[str, Path], name: str) -> None:
    opened = context.new_page()
    opened.goto(pages[name].as_uri())
    opened.set_viewport_size({"width": 720, "height": 1000})
    opened.emulate_media(media="print")
    assert opened.evaluate(OVERLAPPING) == 0
    assert opened.pdf(format="A4").startswith(b"%PDF")


def test_on_paper_everything_is_open(opened: Page) -> None:
    opened.emulate_media(media="print")
    assert opened.locator("#q1 .inside").first.evaluate("el => el.getBoundingClientRect().height") > 50


def test_it_is_dark_where_the_reader_wants_it_dark(opened: Page) -> None:
    opened.emulate_media(color_scheme="dark")
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 26)"
    opened.emulate_media(color_scheme="light")
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 247)"


@pytest.mark.parametrize(
    ("name", "where"), [("interview", ".said"), ("progress", ".three dd"), ("comparison", ".said")]
)
def test_all_payloads_together_run_nothing_and_hide_nothing(
    context: BrowserContext, hostile: dict[str, Path], name: str, where: str
) -> None:
    seen, complaints, asked = _heard(context, hostile[name])
    assert (complaints, asked) == ([], [hostile[name].as_uri()])
    assert seen.title() != "owned"
    assert PAYLOADS[0] in seen.locator(where).first.inner_text()


@pytest.mark.skipif(
    not find_spec("axe_playwright_python"), reason="needs the package axe-playwright-python, which holds axe-core"
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_fault(browser: Browser, pages: dict[str, Path], name: str, scheme: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    seen = context.new_page()
    seen.goto(pages[name].as_uri())
    seen.eval_on_selector_all("details", "els => els.forEach(el => el.open = true)")
    found = Axe().run(seen).response["violations"]
    context.close()
    serious = [fault for fault in found if fault["impact"] in {"serious", "critical"}]
    assert serious == [], json.dumps([(fault["id"], fault["help"]) for fault in serious])
