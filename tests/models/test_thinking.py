from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.models.thinking import ThinkFilter

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.lists(
    st.sampled_from(
        ["<think>", "</think>", "<thinking>", "</thinking>", "<", "th", "ink", ">", "/", "\n", " ", "a", "{"]
    )
).map("".join)


def _bare(text: str) -> str:
    return "".join(text.split())


def whole(pieces: list[str]) -> tuple[str, str]:
    tags = ThinkFilter()
    for piece in pieces:
        tags.feed(piece)
    tags.end()
    return tags.speech, tags.thinking


@STEADY
@given(TEXTS, st.data())
def test_how_the_text_is_cut_makes_no_difference(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)))))
    pieces = [text[i:j] for i, j in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert whole(pieces) == whole([text])


@STEADY
@given(TEXTS)
def test_nothing_is_lost_but_tags_and_space(text: str) -> None:
    speech, thinking = whole(list(text))
    tags = ("<think>", "</think>", "<thinking>", "</thinking>")
    for tag in tags:
        text, speech, thinking = text.replace(tag, ""), speech.replace(tag, ""), thinking.replace(tag, "")
    assert "<" in text or sorted(_bare(text)) == sorted(_bare(speech) + _bare(thinking))


@STEADY
@given(st.text(alphabet="abc <>/think\n"))
def test_text_without_tags_is_spoken_as_it_comes(text: str) -> None:
    if "think>" not in text and "thinking>" not in text:
        assert whole(list(text)) == (text.lstrip(), "")


@pytest.mark.parametrize(
    ("text", "speech", "thinking"),
    [
        ("<think>hm</think>\n\nTell me.", "Tell me.", "hm"),
        ("hm</think>Tell me.", "Tell me.", "hm"),
        ("<thinking>hm</thinking>Tell me.", "Tell me.", "hm"),
        ("Tell me.\n<think>hm</think>More.", "Tell me.\nMore.", "hm"),
        ("<think>never closed", "", "never closed"),
        ("What is the <think> tag for?", "What is the <think> tag for?", ""),
        ('{"quote": "I closed it with </think>"}', '{"quote": "I closed it with </think>"}', ""),
        ("<think></think>Tell me about </think>.", "Tell me about </think>.", ""),
        ("3 < 4 and <b>", "3 < 4 and <b>", ""),
    ],
)
def test_speech_and_reasoning_part(text: str, speech: str, thinking: str) -> None:
    assert whole(list(text)) == (speech, thinking)
    assert whole([text]) == (speech, thinking)
