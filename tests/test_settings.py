"""What the user chose is found, in the right order; what is wrong with it is said with its place."""

from __future__ import annotations

import stat
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.places import Paths, find_paths, write_private
from interviewer.settings import KINDS, Settings, SettingsError, load_settings, write_setting
from interviewer.state import last_model, remember_model


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A home that does not exist yet."""
    return find_paths({"INTERVIEWER_HOME": str(tmp_path / "home")})


def configure(paths: Paths, toml: str | bytes) -> None:
    paths.config.mkdir(parents=True, exist_ok=True)
    paths.config_file.write_bytes(toml.encode() if isinstance(toml, str) else toml)


def load(paths: Paths, environ: dict[str, str] | None = None, **flags: Any) -> Settings:
    return load_settings(flags, environ=environ or {}, paths=paths)


def test_flags_go_before_the_environment_before_the_file_before_the_default(paths: Paths) -> None:
    assert load(paths).style == "neutral"
    configure(paths, 'style = "warm"')
    assert load(paths).style == "warm"
    assert load(paths, {"INTERVIEWER_STYLE": "hurried"}).style == "hurried"
    assert load(paths, {"INTERVIEWER_STYLE": "hurried"}, style="sceptical").style == "sceptical"
    assert load(paths, {"INTERVIEWER_STYLE": ""}, style=None).style == "warm"


def test_without_anything_set_nothing_is_chosen_and_nothing_written(paths: Paths) -> None:
    assert load(paths) == Settings()
    assert last_model(paths=paths) is None
    assert not paths.config.exists()


def test_one_variable_moves_everything(tmp_path: Path) -> None:
    home = find_paths({"INTERVIEWER_HOME": str(tmp_path)})
    assert home.config == home.data == home.state == tmp_path
    assert home.sessions_file == tmp_path / "sessions" / "sessions.db"
    assert find_paths({"INTERVIEWER_HOME": "~/x"}).data == Path.home() / "x"


def test_without_it_the_platforms_own_places_are_used() -> None:
    paths = find_paths({})
    assert all("interviewer" in str(each).lower() for each in (paths.config, paths.data, paths.state))


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ('\n# mine\nmodle = "x"', "no setting “modle” ({file}, line 3); did you mean “model”?"),
        ('colour = "x"', "no setting “colour” ({file}, line 1); the settings are model, judge,"),
        (
            "[model]\nname = 1",
            "“model” cannot be “{{'name': 1}}” ({file}, line 1); it must be one line of plain text",
        ),
        ('theme = "pink"', "“theme” cannot be “pink” ({file}, line 1); it must be auto, dark, light or mono."),
        ("plain = 3", "“plain” cannot be “3” ({file}, line 1); it must be true or false."),
        ("budget = -1", "it must be an amount of US dollars above 0"),
        ("budget = nan", "it must be an amount of US dollars above 0"),
        ("budget = true", "it must be an amount of US dollars above 0"),
        ("minutes = 0", "it must be whole minutes from 1 to 240."),
        ("minutes = 20.5", "it must be whole minutes from 1 to 240."),
        ('model = ""', "it must be one line of plain text, at most 1,000 characters."),
        ('model = "a\\u001b[31mb"', "it must be one line of plain text"),
        ('model = "a\\u202eb"', "it must be one line of plain text"),
        ('base_url = "http://a\\nb"', "it must be one line of plain text"),
        ("style = warm", "{file}, line 1 is not valid TOML; a setting is written as: model = "),
        ('a = "', "is not valid TOML"),
        (b'model = "\xff"', "{file} is not UTF-8 text"),
        ('"a\\nb" = 1', "no setting “a b” ({file}"),
    ],
)
def test_a_wrong_file_is_told_with_its_line_and_what_was_expected(
    paths: Paths, toml: str | bytes, sentence: str
) -> None:
    configure(paths, toml)
    with pytest.raises(SettingsError) as caught:
        load(paths)
    assert sentence.format(file=paths.config_file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_variable_and_a_wrong_flag_are_named(paths: Paths) -> None:
    with pytest.raises(SettingsError, match="INTERVIEWER_MINUTES in the environment"):
        load(paths, {"INTERVIEWER_MINUTES": "many"})
    with pytest.raises(SettingsError, match="the option --submit-key"):
        load(paths, submit_key="space")


@pytest.mark.parametrize("said", ["true", "YES", "on", "1"])
def test_the_environment_says_yes_in_several_ways(paths: Paths, said: str) -> None:
    assert load(paths, {"INTERVIEWER_LOCAL_ONLY": said}).local_only is True


def test_a_directory_in_place_of_the_file_is_told(paths: Paths) -> None:
    paths.config_file.mkdir(parents=True)
    with pytest.raises(SettingsError, match="cannot be read"):
        load(paths)


def test_writing_one_setting_keeps_comments_and_the_rest(paths: Paths) -> None:
    configure(paths, '# my settings\nmodel = "offline"  # for now\n\nplain = true\n')
    write_setting("model", "ollama/x", paths=paths)
    write_setting("budget", "0.5", paths=paths)
    write_setting("plain", None, paths=paths)
    assert paths.config_file.read_text(encoding="utf-8") == (
        '# my settings\nmodel = "ollama/x"  # for now\n\nbudget = 0.5\n'
    )
    assert load(paths) == Settings(model="ollama/x", budget=0.5)


def test_a_file_that_cannot_be_changed_safely_is_left_alone(paths: Paths) -> None:
    toml = 'judge = """\nmodel = 3\n"""\n'
    configure(paths, toml)
    with pytest.raises(SettingsError, match="set “model” there by hand"):
        write_setting("model", "x", paths=paths)
    assert paths.config_file.read_text(encoding="utf-8") == toml


def test_an_unknown_setting_or_value_is_not_written(paths: Paths) -> None:
    for key, value in (("themes", "dark"), ("themes", None), ("theme", "pink")):
        with pytest.raises(SettingsError):
            write_setting(key, value, paths=paths)
    assert not paths.config.exists()


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1).filter(lambda name: name.strip() and name.isprintable()))
def test_any_name_comes_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    home = tmp_path_factory.getbasetemp() / "any-name"
    paths = Paths(home, home, home)
    write_setting("role", name, paths=paths)
    assert load(paths).role == name.strip()


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda toml: toml.encode("utf-8", "replace"))))
def test_any_file_is_read_or_refused_in_a_sentence(tmp_path_factory: pytest.TempPathFactory, toml: bytes) -> None:
    home = tmp_path_factory.getbasetemp() / "any-file"
    paths = Paths(home, home, home)
    configure(paths, toml)
    try:
        load(paths)
    except SettingsError as error:
        sentence = str(error)
    else:
        return
    assert "\n" not in sentence


def test_files_are_closed_to_others_from_birth(paths: Paths) -> None:
    write_setting("theme", "dark", paths=paths)
    remember_model("ollama/x", paths=paths)
    assert stat.S_IMODE(paths.config.stat().st_mode) == 0o700
    assert stat.S_IMODE(paths.config_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.state_file.stat().st_mode) == 0o600
    assert {each.name for each in paths.config.iterdir()} == {"config.toml", "state.json"}


def test_a_link_to_the_config_file_stays_a_link(paths: Paths, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("# dotfiles\n", encoding="utf-8")
    paths.config.mkdir()
    paths.config_file.symlink_to(real)
    write_setting("theme", "dark", paths=paths)
    assert paths.config_file.is_symlink()
    assert real.read_text(encoding="utf-8") == '# dotfiles\ntheme = "dark"\n'


def test_where_nothing_can_be_written_settings_say_so_and_memory_is_silent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    paths = Paths(*[tmp_path / "file" / "below"] * 3)
    remember_model("offline", paths=paths)
    with pytest.raises(SettingsError, match="INTERVIEWER_THEME in the environment"):
        write_setting("theme", "dark", paths=paths)


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "keys.json"
    write_private(target, "old")
    with pytest.raises(UnicodeEncodeError):
        write_private(target, "new \ud800")
    assert target.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["keys.json"]


def test_every_setting_says_what_it_takes() -> None:
    assert list(KINDS) == [each.name for each in fields(Settings)]
    assert all(kind.expected for kind in KINDS.values())


def test_importing_it_loads_neither_pydantic_nor_platformdirs() -> None:
    code = "import sys; import interviewer.settings; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pydantic", "platformdirs", "tomllib", "sqlite3"} & set(loaded)


@pytest.mark.parametrize("name", ["INTERVIEWER_API_KEY", "INTERVIEWER_HOME", "INTERVIEWER_BENCH_PEERS"])
def test_a_variable_of_somebody_else_is_let_be(paths: Paths, name: str) -> None:
    assert load(paths, {name: "x"}) == Settings()


@pytest.mark.parametrize(("name", "meant"), [("LEVEL", "SENIORITY"), ("MODLE", "MODEL"), ("SUBMITKEY", "SUBMIT_KEY")])
def test_a_variable_that_nearly_names_a_setting_is_refused(paths: Paths, name: str, meant: str) -> None:
    with pytest.raises(SettingsError, match=f"did you mean INTERVIEWER_{meant}"):
        load(paths, {f"INTERVIEWER_{name}": "x"})
