"""Reads rows out of the bytes of a SQLite file, page by page, asking SQLite nothing: for files that it refuses.

Whether a row is one of ours, and whole, the caller decides by its checksum; what cannot be decoded is passed over.
Format: https://www.sqlite.org/fileformat2.html, sections 1.5 to 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from .migrations import PAGE_SIZE

Pages = Mapping[int, bytes]
"""By page number, counted from 1."""

Row = tuple[object, ...]

_LEAF = 0x0D
_LOCAL_MOST = PAGE_SIZE - 35
_LOCAL_LEAST = (PAGE_SIZE - 12) * 32 // 255 - 23
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def versions_of(data: bytes, path: Path) -> Iterator[Pages]:
    """The pages of the file with these bytes as they lie there, and as its journal and its WAL would have them."""
    main = _pages_of(data)
    yield main
    for companion, read in (("-journal", _journal_pages), ("-wal", _wal_pages)):
        beside = path.with_name(path.name + companion)
        if beside.exists() and (other := read(beside.read_bytes())):
            yield {**main, **other}


def pages_missing(data: bytes) -> int:
    """How many pages the file is short of what its header says; 0 where the header cannot be trusted."""
    if not data.startswith(b"SQLite format 3\0") or data[24:28] != data[92:96]:
        return 0
    return max(0, int.from_bytes(data[28:32], "big") - len(data) // PAGE_SIZE)


def _pages_of(data: bytes) -> dict[int, bytes]:
    return {
        at // PAGE_SIZE + 1: data[at : at + PAGE_SIZE].ljust(PAGE_SIZE, b"\0") for at in range(0, len(data), PAGE_SIZE)
    }


def _journal_pages(data: bytes) -> dict[int, bytes]:
    """The pages as they were before the transaction that the journal would undo."""
    if not data.startswith(_JOURNAL_MAGIC):
        return {}
    sector = int.from_bytes(data[20:24], "big")
    size = 4 + PAGE_SIZE + 4
    pages: dict[int, bytes] = {}
    for at in range(sector or 512, len(data) - size + 1, size):
        pages.setdefault(int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 4 + PAGE_SIZE])
    return pages


def _wal_pages(data: bytes) -> dict[int, bytes]:
    """The newest frame of each page."""
    size = 24 + PAGE_SIZE
    return {
        int.from_bytes(data[at : at + 4], "big"): data[at + 24 : at + size]
        for at in range(32, len(data) - size + 1, size)
    }


def rows_of(pages: Pages) -> Iterator[tuple[int, Row]]:
    """Every row that can be decoded, with its rowid."""
    for number, page in pages.items():
        start = 100 if number == 1 else 0
        if page[start] != _LEAF:
            continue
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        for slot in range(start + 8, min(start + 8 + 2 * count, PAGE_SIZE - 1), 2):
            try:
                yield _cell(pages, page, int.from_bytes(page[slot : slot + 2], "big"))
            except (IndexError, KeyError, ValueError):
                continue


def _cell(pages: Pages, page: bytes, at: int) -> tuple[int, Row]:
    length, at = _varint(page, at)
    rowid, at = _varint(page, at)
    if length > len(pages) * PAGE_SIZE:
        raise ValueError("longer than the file")
    return rowid, _record(_payload(pages, page, at, length))


def _payload(pages: Pages, page: bytes, at: int, length: int) -> bytes:
    """The bytes of a row; a long one goes on in a chain of overflow pages."""
    if length <= _LOCAL_MOST:
        return page[at : at + length]
    local = _LOCAL_LEAST + (length - _LOCAL_LEAST) % (PAGE_SIZE - 4)
    local = local if local <= _LOCAL_MOST else _LOCAL_LEAST
    parts, missing = [page[at : at + local]], length - local
    following = int.from_bytes(page[at + local : at + local + 4], "big")
    while missing > 0:
        overflow = pages[following]
        parts.append(overflow[4 : 4 + missing])
        missing -= len(parts[-1])
        following = int.from_bytes(overflow[:4], "big")
    return b"".join(parts)


def _record(payload: bytes) -> Row:
    end, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[object] = []
    for kind in kinds:
        value, at = _value(payload, kind, at)
        values.append(value)
    return tuple(values)


def _value(payload: bytes, kind: int, at: int) -> tuple[object, int]:
    if kind in (8, 9):
        return kind - 8, at
    if kind >= 13 and kind % 2:
        end = at + (kind - 13) // 2
        return payload[at:end].decode("utf-8", "strict"), end
    size = _INTEGERS.get(kind, 0)
    return (int.from_bytes(payload[at : at + size], "big", signed=True) if size else None), at + size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | data[at + 8], at + 9
