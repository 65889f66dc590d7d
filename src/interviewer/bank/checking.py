"""Checks content files as their author needs it: schema, names, references and the form of probes, each fault located.

It reads through a `Bank`, changes nothing, and goes on after every fault. What a single file must be is `schema.py`;
what fits together across files is `references.py`; here both are applied to a file, a pack or the whole bank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import yaml

from .catalogue import AREAS, CONCEPTS, DIMENSIONS, EXEMPLARS, PROBES, PROFILES, QUESTIONS, Catalogue
from .cue_files import load_cues
from .judging import ExemplarSheet, JudgeSettings
from .library import Bank, read_named
from .located import Where, line_of
from .packs import Pack, bundled, pack_at, packs_in
from .problems import ContentError, Problem
from .reading import compose, read_text
from .references import Misfits, Names, misfits
from .scale import Scale
from .schema import Content, Dimension, Expectations, ProbeBank, Profile, Question
from .study import Area, Concept, Preparation
from .told import Told
from .wording import WordingRules

SECTIONS: Mapping[str, type[Content]] = {
    QUESTIONS: Question,
    PROBES: ProbeBank,
    DIMENSIONS: Dimension,
    EXEMPLARS: ExemplarSheet,
    PROFILES: Profile,
    CONCEPTS: Concept,
    AREAS: Area,
}
"""What a pack may hold, by folder."""

Singles = Mapping[str, type[Content]]
"""Single files of the bundled pack, by path, and what each must be."""

OF_THE_BANK: Singles = {
    "rubrics/preparation.yaml": Preparation,
    "rubrics/seniority.yaml": Expectations,
    "rubrics/scale.yaml": Scale,
    "rubrics/told.yaml": Told,
    "prompts/wording.yaml": WordingRules,
    "prompts/judge.yaml": JudgeSettings,
}
"""Those that this floor reads. Floors above read more, and say so when they have everything checked."""

_STRAY = f"is not read here; a pack holds files ending in .yaml in {', '.join(SECTIONS)}"

_LEADS_OUT = "is a link that leads out of the pack, so it is not read; put there what it leads to"
_NO_FILE = "is no file that can be read: a link that leads nowhere, a pipe or the like"


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    files: int
    """Files that were read."""
    problems: tuple[Problem, ...]


def check_everything(folder: Path | None = None, singles: Singles = OF_THE_BANK) -> Report:
    """Checks the bundled content, the packs in the user's folder, and installed ones."""
    return _check_packs(Bank.open(folder), singles)


def check_path(path: Path, singles: Singles = OF_THE_BANK) -> Report:
    """Checks a file, a pack's folder, or a folder of packs; a file outside any pack is read as a question."""
    if path.is_dir():
        return _check_folder(path, singles)
    if not path.is_file():  # reading a pipe would wait for ever
        return Report(0, (Problem(path, None, "", _NO_FILE),))
    if _leads_out(path):
        return Report(0, (Problem(path, None, "", _LEADS_OUT),))
    root = _root_of(path.resolve())
    if root is None:
        return _report([_check_file(Bank(Catalogue([bundled()])), bundled(), path, Question)])
    pack = _pack(root)
    if isinstance(pack, Problem):
        return Report(0, (pack,))
    section = path.resolve().parent.relative_to(root).as_posix()
    model = singles.get(f"{section}/{path.name}") or SECTIONS.get(section)
    if model is None or path.suffix != ".yaml":
        return Report(0, (Problem(path, None, "", _STRAY),))
    return _report([_check_file(_beside_ours(pack), pack, path, model)])


def _check_folder(folder: Path, singles: Singles) -> Report:
    if _holds_content(folder):
        packs = [_pack(folder)]
    elif not (packs := [pack for pack in packs_in(folder) if isinstance(pack, Problem) or _holds_content(pack.root)]):
        return Report(0, (Problem(folder, None, "", "holds neither prompts/ nor rubrics/, so it is no pack"),))
    return _check_packs(_beside_ours(*packs), singles, skipped=None if bundled() in packs else "")


def _check_packs(bank: Bank, singles: Singles, skipped: str | None = None) -> Report:
    """All packs of the bank but the one of that name."""
    packs = [pack for pack in bank.catalogue.packs.values() if pack.name != skipped]
    report = _report(chain.from_iterable(_check_pack(bank, pack, singles) for pack in packs))
    return Report(report.files, (*bank.catalogue.problems, *report.problems))


def _check_pack(bank: Bank, pack: Pack, singles: Singles) -> Iterator[list[Problem]]:
    for section, model in SECTIONS.items():
        for path in pack.files(section):
            yield _check_file(bank, pack, path, model)
    if pack.name:
        yield from ([Problem(path, None, "", _why_stray(pack, path))] for path in _strays(pack))
    else:
        yield from (_check_file(bank, pack, pack.root / name, model) for name, model in singles.items())
        yield from _check_cues(pack)


def _check_file(bank: Bank, pack: Pack, path: Path, model: type[Content]) -> list[Problem]:
    try:
        content = read_named(path, model)
    except ContentError as error:
        return error.problems
    root = compose(read_text(path))
    found = chain(_doubled(root), misfits(content, Names(bank, pack)), _elsewhere(content, bank, pack, path))
    return [Problem(path, line_of(root, where), ".".join(map(str, where)), said) for where, said in found]


def _elsewhere(content: Content, bank: Bank, pack: Pack, path: Path) -> Misfits:
    """Concepts of an area that would not be found in it."""
    if not isinstance(content, Area):
        return
    homes = bank.catalogue.own(pack, CONCEPTS)
    for at, concept in enumerate(content.concepts):
        home = homes.get(concept.id)
        if home is None:
            yield ("concepts", at, "id"), f'must open its card, on a line of its own: "- id: {concept.id}"'
        elif home.resolve() != path.resolve():
            yield ("concepts", at, "id"), f"stands in {home.parent.name}/{home.name} too, which is read; keep one"


def _check_cues(pack: Pack) -> Iterator[list[Problem]]:
    """The offline rater's files, which are one value."""
    files = sorted((pack.root / "rubrics" / "cues").rglob("*.yaml"))
    try:
        load_cues(pack.root)
        yield from ([] for _ in files)
    except ContentError as error:
        yield error.problems
        yield from ([] for _ in files[1:])


def _doubled(node: yaml.Node | None, where: Where = ()) -> Misfits:
    """Keys that stand twice in one mapping, of which YAML silently keeps the last."""
    if isinstance(node, yaml.SequenceNode):
        for at, entry in enumerate(node.value):
            yield from _doubled(entry, (*where, at))
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield (*where, key.value), f"stands twice, again on line {key.start_mark.line + 1}; keep one"
            seen.add(key.value)
            yield from _doubled(value, (*where, key.value))


def _strays(pack: Pack) -> Iterator[Path]:
    """What lies in the pack's two folders and would never be read; folders only where they pass for a file."""
    known = {path for section in SECTIONS for path in pack.files(section)}
    for top in ("prompts", "rubrics"):
        if not pack.holds(pack.root / top):
            yield pack.root / top
            continue
        for path in sorted((pack.root / top).rglob("*")):
            hidden = any(part.startswith((".", "__")) for part in path.relative_to(pack.root).parts)
            passes = path.suffix == ".yaml" or not path.is_dir() or not pack.holds(path)
            if passes and path not in known and not hidden and path.suffix not in {".md", ".py"}:
                yield path


def _why_stray(pack: Pack, path: Path) -> str:
    if path.exists() and not pack.holds(path):
        return _LEADS_OUT
    if path.is_dir():
        return "is a folder, and no file, whatever its name says; it is not read"
    return _STRAY if path.is_file() else _NO_FILE


def _root_of(file: Path) -> Path | None:
    """The pack's folder that the file stands in, when it stands where packs keep content."""
    return next((up.parent for up in file.parents if up.name in {"prompts", "rubrics"}), None)


def _leads_out(file: Path) -> bool:
    """Whether the file stands in a pack by its name alone."""
    root = _root_of(file.absolute())
    return root is not None and root.resolve() != bundled().root and not Pack("", root).holds(file)


def _pack(root: Path) -> Pack | Problem:
    ours = bundled()
    return ours if root.resolve() == ours.root else pack_at(root)


def _beside_ours(*packs: Pack | Problem) -> Bank:
    others = [pack for pack in packs if pack != bundled()]
    return Bank(Catalogue([bundled(), *others]))


def _holds_content(folder: Path) -> bool:
    return (folder / "prompts").is_dir() or (folder / "rubrics").is_dir()


def _report(checked: Iterable[list[Problem]]) -> Report:
    found = list(checked)
    return Report(len(found), tuple(chain.from_iterable(found)))
