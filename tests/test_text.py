"""Nothing foreign reaches a screen but what can be seen there, however the stream is cut."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer import text
from interviewer.text import (
    Sanitiser,
    cells,
    clean,
    clean_json,
    clean_line,
    count_words,
    plural,
    shorten,
    speaking_seconds,
)

ESCAPES = json.loads((Path(__file__).parents[1] / "fixtures" / "escapes.json").read_text(encoding="utf-8"))
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

CONTROLS = ["\x1b", "\x9b", "\x9d", "\x90", "\x9c", "\x07", "\x18", "\r", "\n", "\t", "\u2028", "\u202e", "\ud800"]
PIECES = [*CONTROLS, *"[]P(\\0;m ", "31", "\u0301", "\u200d", "\ufe0f", "a", "é", "ש", "日", "👩"]
nasty = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=24).map("".join)


def in_pieces(*chunks: str) -> str:
    sanitiser = Sanitiser()
    return "".join(map(sanitiser.feed, chunks)) + sanitiser.close()


@pytest.mark.parametrize("case", ESCAPES, ids=lambda case: case["name"])
def test_each_known_attack_shows_only_this(case: dict[str, str]) -> None:
    assert clean(case["payload"]) == case["shown"]


@pytest.mark.parametrize("case", ESCAPES, ids=lambda case: case["name"])
def test_each_known_attack_may_be_cut_anywhere(case: dict[str, str]) -> None:
    payload = case["payload"]
    assert in_pieces(*payload) == case["shown"]
    assert {in_pieces(payload[:at], payload[at:]) for at in range(len(payload) + 1)} == {case["shown"]}


def assert_safe_however_cut(payload: str, cuts: list[int]) -> None:
    shown = clean(payload)
    assert not FORBIDDEN.search(shown)
    assert clean(shown) == shown
    places = sorted({0, len(payload), *(cut % (len(payload) + 1) for cut in cuts)})
    assert in_pieces(*(payload[start:end] for start, end in pairwise(places))) == shown


cuts = st.lists(st.integers(0, 1000), max_size=5)


@settings(max_examples=1000, deadline=None)
@given(nasty, cuts)
def test_any_text_is_safe_however_it_is_cut(payload: str, cuts: list[int]) -> None:
    assert_safe_however_cut(payload, cuts)


@pytest.mark.soak
def test_two_hundred_thousand_texts_are_safe_however_they_are_cut(
    record_property: Callable[[str, object], None],
) -> None:
    tried = 0

    @settings(max_examples=200_000, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(nasty, cuts)
    def attempt(payload: str, cuts: list[int]) -> None:
        nonlocal tried
        tried += 1
        assert_safe_however_cut(payload, cuts)

    attempt()
    assert tried >= 200_000
    record_property("figure", f"{tried:,} texts, each cut in up to six pieces: unsafe 0, shown otherwise when cut 0")


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters(exclude_categories=["C", "M", "Z"])))
def test_ordinary_text_passes_unchanged(payload: str) -> None:
    kept = "".join(char for char in payload if not text._set(text._HIDDEN).match(char))
    assert clean(kept) == kept


@pytest.mark.parametrize(
    "kept",
    [
        "Map<String, List<Foo>> stays",
        "👩‍❤️‍💋‍👨 👨‍👩‍👧‍👦 1️⃣",
        "می‌خواهم",
        "שָׁלוֹם עֲלֵיכֶם",
        "नमस्ते क्ष्म्य",
        "Tiếng Việt é ñ",
        "ภาษาไทย ที่นี่",
    ],
)
def test_living_scripts_and_emoji_pass_unchanged(kept: str) -> None:
    assert clean(kept) == kept


def test_an_unended_sequence_never_hides_the_rest() -> None:
    answer = "the rest of the answer " * 1000
    for start in ("\x1b]0;", "\x1bP", "\x9d", "\x1b_"):
        assert clean(start + answer).endswith(answer)
    assert clean("\x1b[" + "1" * 1000).count("1") == 1000


def test_a_stream_is_shown_as_it_comes_while_no_sequence_is_open() -> None:
    sanitiser = Sanitiser()
    assert sanitiser.feed("We held ") == "We held "
    assert sanitiser.feed("it\x1b]0;title") == "it"
    assert sanitiser.feed(" goes on") == ""
    assert sanitiser.close() == "0;title goes on"
    assert sanitiser.feed("as new") == "as new"


def test_line_breaks_of_every_system_become_one() -> None:
    assert clean("a\nb\r\nc\rd\u2028e\r\r\nf") == "a\nb\nc\nd\ne\n\nf"


def test_the_quick_way_holds_no_character_that_needs_a_look() -> None:
    for number in range(sys.maxunicode + 1):
        char = chr(number)
        if text._ENGLISH.fullmatch(char):
            assert text._set(text._PLAIN).match(char), hex(number)
        if text._set(text._PLAIN).match(char):
            assert unicodedata.category(char)[0] != "M", hex(number)
            assert not text._set(text._HIDDEN).match(char), hex(number)
            assert char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp"), hex(number)


def test_a_pasted_book_takes_the_quick_way() -> None:
    book = "An ordinary sentence, with “quotes” – and dashes.\n" * 4000
    assert text._set(text._PLAIN).fullmatch(book)
    assert clean(book) == book


def test_what_is_shown_within_a_line_breaks_no_line() -> None:
    assert clean_line(" a\r\nb\t\x1b[1mc\x1b[0m ") == "a b c"


@pytest.mark.parametrize(
    ("said", "words"),
    [("", 0), ("  \n ", 0), ("one", 1), ("It's a well-known fact – 3.5% of it.", 7), ("…", 0), ("日本語です", 3),
     ("we said 安全 first", 4), ("привет мир", 2)],
)  # fmt: skip
def test_words_are_counted_as_a_reader_would(said: str, words: int) -> None:
    assert count_words(said) == words


def test_speaking_takes_a_minute_for_a_hundred_and_forty_words() -> None:
    assert speaking_seconds(140) == 60
    assert speaking_seconds(0) == 0


@pytest.mark.parametrize(
    ("said", "width", "shown"),
    [("short", 10, "short"), ("some words go here", 17, "some words go…"), ("some words go here", 11, "some words…"),
     ("unbreakable", 6, "unbre…"), ("日本語のテキスト", 7, "日本語…"), ("a\nb\x1b[31m c", 9, "a b c"), ("abc", 1, "…"),
     ("abc", 0, ""), ("abc", -3, "")],
)  # fmt: skip
def test_a_text_is_shortened_to_the_width(said: str, width: int, shown: str) -> None:
    assert shorten(said, width) == shown


@settings(max_examples=500, deadline=None)
@given(nasty, st.integers(0, 30))
def test_what_is_shortened_always_fits(said: str, width: int) -> None:
    assert cells(shorten(said, width)) <= width


def test_importing_it_loads_nothing_from_outside_the_standard_library() -> None:
    code = "import sys; import interviewer.text; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    third_party = {"rich", "prompt_toolkit", "wcwidth", "pydantic", "httpx", "platformdirs", "yaml", "litellm"}
    assert not third_party & set(loaded)


@given(nasty)
def test_json_is_safe_to_show_and_means_the_same(foreign: str) -> None:
    document = clean_json(json.dumps({foreign: [foreign, "“é” 日"]}, ensure_ascii=False, indent=1))
    assert not FORBIDDEN.search(document)
    assert "“é” 日" in document
    assert json.loads(document) == {foreign: [foreign, "“é” 日"]}


def test_one_thing_is_told_from_several() -> None:
    assert [plural(number, "answer") for number in (0, 1, 2)] == ["0 answers", "1 answer", "2 answers"]
    assert plural(2, "reply", "replies") == "2 replies"
