from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from interviewer.models.keys import Key, Keys, open_keyring
from interviewer.models.model import NotConfigured
from interviewer.places import write_private

from .conftest import KEY, opened


class Vault(dict[str, str]):
    def get_password(self, service_name: str, username: str) -> str | None:
        return self.get(username)

    def set_password(self, service_name: str, username: str, password: str) -> None:
        self[username] = password


class BrokenVault(Vault):
    def get_password(self, service_name: str, username: str) -> str | None:
        raise RuntimeError(f"no backend for {KEY}")


def test_the_environment_comes_before_the_keyring_and_the_keyring_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    Keys({}, file).save("openai", "from-file")
    vault = Vault(openai="from-keyring")
    found = [
        Keys({"OPENAI_API_KEY": "from-env"}, file, vault).find("openai"),
        Keys({"OPENAI_API_KEY": " "}, file, vault).find("openai"),
        Keys({}, file).find("openai"),
        Keys({}).find("openai"),
    ]
    assert [key and (key.value, key.source) for key in found] == [
        ("from-env", "OPENAI_API_KEY"),
        ("from-keyring", "keyring"),
        ("from-file", "keys.json"),
        None,
    ]


def test_a_saved_key_is_its_owners_alone_and_leaves_no_other_file(tmp_path: Path) -> None:
    file = tmp_path / "config" / "keys.json"
    old = os.umask(0)
    try:
        Keys({}, file).save("openai", KEY)
        Keys({}, file).save("anthropic", "other")
    finally:
        os.umask(old)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert json.loads(file.read_text()) == {"openai": KEY, "anthropic": "other"}
    assert [path.name for path in file.parent.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_file_that_others_may_read_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "keys.json"
    write_private(file, json.dumps({"openai": KEY}))
    file.chmod(mode)
    with pytest.raises(NotConfigured) as caught:
        Keys({}, file).find("openai")
    assert f"chmod 600 '{file}'" in caught.value.next_step
    assert KEY not in f"{caught.value} {caught.value.next_step}"


@pytest.mark.parametrize("text", ["", "{", "[1]", "null"])
def test_a_file_that_is_no_key_file_is_said_to_be_so(tmp_path: Path, text: str) -> None:
    write_private(tmp_path / "keys.json", text)
    with pytest.raises(NotConfigured, match="cannot be read"):
        Keys({}, tmp_path / "keys.json").find("openai")


def test_a_keyring_that_fails_is_said_and_not_passed_over() -> None:
    with pytest.raises(NotConfigured) as caught:
        Keys({}, vault=BrokenVault()).find("openai")
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None


def test_saving_goes_to_the_chosen_place(tmp_path: Path) -> None:
    vault = Vault()
    assert Keys({}, tmp_path / "keys.json", vault).save("groq", KEY) == "keyring"
    assert vault == {"groq": KEY}
    assert not (tmp_path / "keys.json").exists()
    with pytest.raises(NotConfigured):
        Keys({}).save("groq", KEY)


def test_a_key_never_shows_more_than_its_end() -> None:
    key = Key(KEY, "OPENAI_API_KEY")
    assert KEY[:-4] not in repr(key) + key.shown
    assert key.shown == "…cdef"
    assert Key("short", "x").shown == "…"


def test_the_redactor_knows_every_key_wherever_it_lies(tmp_path: Path) -> None:
    keys = Keys(
        {"MISTRAL_API_KEY": "in-env", "OTHER_API_KEY": "not-ours"}, tmp_path / "keys.json", Vault(xai="in-ring")
    )
    write_private(tmp_path / "keys.json", json.dumps({"openai": "in-file"}))
    assert keys.redactor().clean("in-env not-ours in-ring in-file") == " ".join(["[secret]"] * 4)


def test_without_the_extra_the_keyring_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "keyring", None)
    with pytest.raises(NotConfigured) as caught:
        open_keyring()
    assert "interviewer[keyring]" in caught.value.next_step


@pytest.mark.parametrize("value", ["sk-one\nX-Header: evil", "sk-\x00", "sk-ключ", "sk-one sk-two", "sk-\udcff"])
def test_what_cannot_be_a_key_is_told_before_it_is_sent_and_not_repeated(value: str, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    write_private(file, json.dumps({"anthropic": value}))
    keys = Keys({"OPENAI_API_KEY": value}, file)
    for provider, source in (("openai", "OPENAI_API_KEY"), ("anthropic", "keys.json")):
        with pytest.raises(NotConfigured, match=f"The key in {source} holds") as caught:
            keys.find(provider)
        assert value not in f"{caught.value} {caught.value.next_step}"
    with pytest.raises(NotConfigured, match="INTERVIEWER_API_KEY"):
        opened("ok", base_url="http://127.0.0.1:9/v1", environment={"INTERVIEWER_API_KEY": value})


def test_the_line_end_that_came_along_with_a_key_is_dropped() -> None:
    found = Keys({"OPENAI_API_KEY": " sk-given\r\n"}).find("openai")
    assert found is not None
    assert found.value == "sk-given"


@pytest.mark.parametrize("vault", [None, Vault()])
def test_what_cannot_be_a_key_is_not_kept(tmp_path: Path, vault: Vault | None) -> None:
    keys = Keys({}, tmp_path / "keys.json", vault)
    with pytest.raises(NotConfigured, match="holds a space"):
        keys.save("openai", "sk abc\n")
    assert keys.find("openai") is None
    assert not list(tmp_path.iterdir())
