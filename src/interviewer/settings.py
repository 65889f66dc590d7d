"""What the user chose: `config.toml` and `INTERVIEWER_*`; what is remembered from run to run is in `state.py`.

Precedence: flags, then the environment, then the config file, then the defaults below. It may know nothing of
models, questions or screens: a name is checked where it is used. Files are born 0600 and replaced in one step.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from .errors import PlainError, reason_of
from .places import Paths, find_paths, read_own, write_private

PREFIX = "INTERVIEWER_"


class SettingsError(PlainError):
    """A setting cannot be used. `str()` says which, where it was set and what was expected."""

    exit_code = 2


# --- the settings -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kind:
    """What values a setting takes."""

    expected: str
    """Ends the sentence "it must be ..."."""
    read: Callable[[Any], Any]
    """The value, from TOML, from text or from a flag; raises ValueError where it does not fit."""


LONGEST_TEXT = 1_000
"""Characters of a name or an address."""


def _read_text(value: Any) -> str:
    """One line of what can be seen: no control characters, nothing invisible, no half of a surrogate pair."""
    text = value.strip() if isinstance(value, str) else ""
    if text and text.isprintable() and len(text) <= LONGEST_TEXT:
        return text
    raise ValueError


_SAID = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def _read_switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in _SAID:
        return _SAID[value.strip().lower()]
    raise ValueError


def _read_dollars(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError
    dollars = float(value)
    if not 0 < dollars < 1_000_000:
        raise ValueError
    return dollars


def _read_minutes(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str) or not 1 <= int(value) <= 240:
        raise ValueError
    return int(value)


def _choice(*names: str) -> Kind:
    def read(value: Any) -> str:
        if isinstance(value, str) and value.strip().lower() in names:
            return value.strip().lower()
        raise ValueError

    return Kind(f"{', '.join(names[:-1])} or {names[-1]}", read)


TEXT = Kind(f"one line of plain text, at most {LONGEST_TEXT:,} characters", _read_text)
SWITCH = Kind("true or false", _read_switch)
DOLLARS = Kind("an amount of US dollars above 0, as 0.50", _read_dollars)
MINUTES = Kind("whole minutes from 1 to 240", _read_minutes)


Format = Literal["drill", "round", "debate", "scenario", "story"]
INTERVIEW_FORMATS: tuple[Format, ...] = get_args(Format)
SENIORITIES = ("entry", "mid", "senior", "staff")
"""Levels of experience, in rising order."""


def _setting(default: Any, kind: Kind) -> Any:
    return field(default=default, metadata={"kind": kind})


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose. None means: not chosen, the part that needs it decides."""

    model: str | None = _setting(None, TEXT)
    """Who interviews: "offline", "ollama/<tag>" or litellm's "provider/model"."""
    judge: str | None = _setting(None, TEXT)
    """Who rates; the interviewer's model when not set."""
    company: str | None = _setting(None, TEXT)
    """Profile id."""
    seniority: str | None = _setting(None, _choice(*SENIORITIES))
    """Level of experience: which questions fit, and what counts more."""
    role: str | None = _setting(None, TEXT)
    """As the questions name it."""
    format: str = _setting("drill", _choice(*INTERVIEW_FORMATS))
    """One question, several, an argument, an incident that unfolds, one story told to depth."""
    mode: str | None = _setting(None, _choice("exam", "coach"))
    """With or without help; rounds are exams and drills are coached when it is not set."""
    style: str = _setting("neutral", _choice("warm", "neutral", "sceptical", "hurried"))
    """The interviewer's manner."""
    minutes: int | None = _setting(None, MINUTES)
    """Length of a round."""
    submit_key: str = _setting("enter", _choice("enter", "alt-enter"))
    """Which key hands the answer in; the other one makes a line."""
    editing: str = _setting("emacs", _choice("emacs", "vi"))
    """Keys of the answer field."""
    theme: str = _setting("auto", _choice("auto", "dark", "light", "mono"))
    """Colours of the screen."""
    plain: bool = _setting(False, SWITCH)
    """Labelled lines in reading order, for screen readers."""
    local_only: bool = _setting(False, SWITCH)
    """Refuse whatever would leave this machine."""
    base_url: str | None = _setting(None, TEXT)
    """A server of one's own that speaks OpenAI's protocol; every model name then means one of its models."""
    keyring: bool = _setting(False, SWITCH)
    """Keep keys in the system's keyring instead of a file."""
    budget: float | None = _setting(None, DOLLARS)
    """US dollars after which an interview stops, saved."""
    self_rating: bool = _setting(False, SWITCH)
    """Guess your levels before any is shown."""
    save: bool = _setting(True, SWITCH)
    """Keep interviews on this machine."""


FLAG_OF_SENIORITY = "level"
"""The option of `start` that bears another name than its setting: levels are also what is rated."""

NO_SETTINGS = ("home", "debug", "api_key")
"""What other variables of the program's are named, behind the prefix."""
KINDS: Mapping[str, Kind] = {each.name: each.metadata["kind"] for each in fields(Settings)}
"""Every setting and what it takes, in the order shown."""


def load_settings(
    flags: Mapping[str, Any] | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    paths: Paths | None = None,
) -> Settings:
    """The settings in force.

    Args:
        flags: from the command line by setting name; a flag that is None was not given.
        environ: where `INTERVIEWER_<NAME>` is looked up; an empty value counts as not set.

    Raises:
        SettingsError: a value does not fit, the config file cannot be read, or it holds a key that no setting has; or
            a variable is named nearly as one for a setting.
    """
    file = (paths or find_paths(environ)).config_file
    text = _config_text(file)
    chosen = {key: _fit(key, value, _place(file, text, key)) for key, value in _parse_config(file, text).items()}
    _refuse_misspelt(environ)
    for key in KINDS:
        name = PREFIX + key.upper()
        if value := environ.get(name):
            chosen[key] = _fit(key, value, f"{name} in the environment")
    for key, value in (flags or {}).items():
        if value is not None:
            chosen[key] = _fit(key, value, f"the option --{key.replace('_', '-')}")
    return Settings(**chosen)


def _refuse_misspelt(environ: Mapping[str, str]) -> None:
    """Other INTERVIEWER_* variables may be anybody's; one that nearly names a setting was meant for it."""
    for name in environ:
        key = name.removeprefix(PREFIX).lower()
        if not name.startswith(PREFIX) or not environ[name] or key in KINDS or key in NO_SETTINGS:
            continue
        if meant := _like(key, SURELY):
            said = f"There is no setting “{_brief(key)}” ({name} in the environment)"
            raise SettingsError(f"{said}; did you mean {PREFIX}{meant.upper()}?")


def where_set(key: str, *, environ: Mapping[str, str] = os.environ, paths: Paths | None = None) -> str:
    """Where a setting that no flag gives was set, for a sentence: a variable, or a file and its line."""
    name = PREFIX + key.upper()
    if environ.get(name):
        return f"{name} in the environment"
    file = (paths or find_paths(environ)).config_file
    return _place(file, _config_text(file), key)


def is_set(key: str, *, environ: Mapping[str, str] = os.environ, paths: Paths | None = None) -> bool:
    """Whether the environment or the config file says anything of a setting, be it what is usual."""
    file = (paths or find_paths(environ)).config_file
    return bool(environ.get(PREFIX + key.upper())) or key in _parse_config(file, _config_text(file))


def _fit(key: str, value: Any, place: str = "") -> Any:
    """The value as the setting wants it; `place` says where it stands, if it is not what was just typed."""
    where = f" ({place})" if place else ""
    if key not in KINDS:
        raise SettingsError(f"There is no setting “{_brief(key)}”{where}; {_nearest(key)}")
    try:
        return KINDS[key].read(value)
    except (ValueError, OverflowError):
        raise SettingsError(
            f"The setting “{key}” cannot be “{_brief(value)}”{where}; it must be {KINDS[key].expected}."
        ) from None


def _brief(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _nearest(key: str) -> str:
    like = _like(key, PERHAPS)
    return f"did you mean “{like}”?" if like else f"the settings are {', '.join(KINDS)}."


SURELY, PERHAPS = 0.75, 0.5
"""How alike a name must be to a setting's to be one misspelt: where it may be none at all, and where it is one."""


def _like(key: str, cutoff: float) -> str | None:
    """The setting that was meant."""
    said = key.lower().replace("-", "_")
    if said == FLAG_OF_SENIORITY:
        return "seniority"
    if swapped := [name for name in KINDS if sorted(name) == sorted(said)]:
        return swapped[0]
    from difflib import get_close_matches

    return next(iter(get_close_matches(said, KINDS, n=1, cutoff=cutoff)), None)


# --- the config file --------------------------------------------------------------------------------------


def _config_text(file: Path) -> str:
    try:
        return read_own(file)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except UnicodeDecodeError:
        raise SettingsError(f"{file} is not UTF-8 text; save it as UTF-8 or delete it.") from None
    except OSError as error:
        raise SettingsError(f"{file} cannot be read ({reason_of(error)}); check its permissions.") from None


def _parse_config(file: Path, text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        line = re.search(r"line (\d+)", str(error))
        where = f", line {line[1]}" if line else ""
        raise SettingsError(f'{file}{where} is not valid TOML; a setting is written as: model = "offline".') from None


def _place(file: Path, text: str, key: str) -> str:
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*[\[\"']*{re.escape(key)}\b", line):
            return f"{file}, line {number}"
    return str(file)


def write_setting(key: str, value: Any, *, paths: Paths | None = None) -> Any:
    """Sets one key of the config file, or takes it out when the value is None; comments and other keys stay.

    Returns what it is set to, which may be spelt in another way: `exam` for "EXAM", True for "yes".

    Raises:
        SettingsError: no such setting, a value that does not fit, or a file that cannot be read or written.
    """
    file = (paths or find_paths()).config_file
    fitting = None if value is None and key in KINDS else _fit(key, value)
    text = _config_text(file)
    wanted = _parse_config(file, text) | {key: fitting}
    edited = _with_line(text, key, fitting)
    wanted = {name: each for name, each in wanted.items() if each is not None}
    if not _holds(file, edited, wanted):
        raise SettingsError(f"{file} is written in a way that cannot be changed safely; set “{key}” there by hand.")
    try:
        write_private(file, edited)
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be written ({reason_of(error)}); "
            f"use {PREFIX}{key.upper()} in the environment, or set INTERVIEWER_HOME to a directory of yours."
        ) from None
    return fitting


def _holds(file: Path, text: str, wanted: dict[str, Any]) -> bool:
    try:
        return _parse_config(file, text) == wanted
    except SettingsError:
        return False


def _with_line(text: str, key: str, value: Any) -> str:
    """The TOML text with the key's line replaced, added before the first table, or taken out."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    new = [] if value is None else [f"{key} = {_toml(value)}"]
    for number, line in enumerate(lines):
        if line.lstrip().startswith("["):
            return "".join([*lines[:number], *(f"{each}\n" for each in new), *lines[number:]])
        if re.match(rf"\s*{key}\s*=", line):
            comment = re.search(r"(\s+#[^\"']*)$", line.rstrip("\n"))
            kept = [each + (comment[1] if comment else "") + "\n" for each in new]
            return "".join([*lines[:number], *kept, *lines[number + 1 :]])
    return "".join([*lines, *(f"{each}\n" for each in new)])


def _toml(value: Any) -> str:
    """The value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    plain = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda char: f"\\u{ord(char[0]):04x}", plain) + '"'
