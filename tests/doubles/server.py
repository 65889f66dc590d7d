"""A small HTTP/1.1 server in a thread, with full control over what goes on the wire and a record of what came."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

_REASONS = {200: "OK", 302: "Found"}


class Gone(Exception):
    """The client closed the connection."""


@dataclass(frozen=True)
class Recorded:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    """Names in lower case."""
    data: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.data or b"null")


@dataclass
class Exchange:
    """One request and the means to answer it."""

    request: Recorded
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    closing: bool = False

    async def head(
        self, status: int = 200, kind: str = "application/json", *headers: str, chunked: bool = True
    ) -> None:
        lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Oops')}", f"Content-Type: {kind}", *headers]
        if chunked:
            lines.append("Transfer-Encoding: chunked")
        await self.raw("\r\n".join([*lines, "", ""]).encode())

    async def raw(self, data: bytes) -> None:
        if self._is_gone():
            raise Gone
        try:
            self.writer.write(data)
            await self.writer.drain()
        except ConnectionError:
            raise Gone from None

    async def chunk(self, data: bytes) -> None:
        await self.raw(b"%x\r\n%s\r\n" % (len(data), data))

    async def end(self) -> None:
        await self.raw(b"0\r\n\r\n")

    async def whole(self, status: int, data: bytes, kind: str = "application/json", *headers: str) -> None:
        await self.head(status, kind, *headers, f"Content-Length: {len(data)}", chunked=False)
        await self.raw(data)

    async def json(self, value: Any, status: int = 200, *headers: str) -> None:
        await self.whole(status, json.dumps(value).encode(), "application/json", *headers)

    async def pause(self, seconds: float) -> None:
        """Waits, and notices when the client goes away meanwhile."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while loop.time() < until:
            if self._is_gone():
                raise Gone
            await asyncio.sleep(0.005)

    def _is_gone(self) -> bool:
        return self.reader.at_eof() or self.reader.exception() is not None

    def cut(self) -> None:
        """Closes in the middle, as a server that went away."""
        self.closing = True

    def reset(self) -> None:
        """Closes with a reset, as a server that crashed."""
        self.closing = True
        linger = struct.pack("ii", 1, 0)
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


@dataclass
class Double:
    """Start it with `with`; afterwards `requests` and `disconnects` say what happened."""

    port: int = 0
    host: str = "127.0.0.1"
    requests: list[Recorded] = field(default_factory=list)
    disconnects: int = 0
    """How often a client went away in the middle of an answer."""

    async def answer(self, exchange: Exchange) -> None:
        raise NotImplementedError

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def bodies(self, path: str) -> list[Any]:
        """The JSON bodies that were sent to a path, in order."""
        return [request.body for request in self.requests if request.path.split("?")[0] == path]

    def everything(self) -> str:
        """All that ever came, for a search."""
        return "\n".join(f"{r.method} {r.path} {r.headers} {r.data!r}" for r in self.requests)

    def wait_until(self, true: Callable[[], bool], seconds: float = 5.0) -> bool:
        """Whether `true` came to be in time; checked whenever something happened."""
        with self._changed:
            return self._changed.wait_for(true, seconds)

    def wait_for_disconnect(self, seconds: float = 5.0) -> bool:
        return self.wait_until(lambda: self.disconnects > 0, seconds)

    def __enter__(self) -> Self:
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(started,), daemon=True)
        self._thread.start()
        started.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _serve(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._run(started))
        finally:
            self._loop.close()

    async def _run(self, started: threading.Event) -> None:
        self._stop = asyncio.Event()
        self._open: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._connection, self.host, self.port)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await self._stop.wait()
        server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            while (request := await _read(reader)) is not None:
                with self._changed:
                    self.requests.append(request)
                    self._changed.notify_all()
                exchange = Exchange(request, reader, writer)
                await self.answer(exchange)
                if exchange.closing:
                    break
        except Gone:
            with self._changed:
                self.disconnects += 1
                self._changed.notify_all()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(task)
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Recorded | None:
    start = await reader.readline()
    if not start.strip():
        return None
    method, path, _ = start.decode().split(" ", 2)
    headers: dict[str, str] = {}
    while (line := (await reader.readline()).decode().strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    data = await reader.readexactly(int(headers.get("content-length", 0)))
    return Recorded(method, path, headers, data)


class Witness(Double):
    """Answers everything with 403 and remembers it: a proxy, or a host that nobody may call."""

    async def answer(self, exchange: Exchange) -> None:
        await exchange.json({"error": "not here"}, 403)


def example_of(schema: Any) -> Any:
    """Something that a JSON schema allows, as small as can be."""
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0])
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "object":
        return {name: example_of(inner) for name, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [example_of(schema["items"]) for _ in range(schema.get("minItems", 0))]
    plain = {"integer": schema.get("minimum", 0), "number": schema.get("minimum", 0.0), "boolean": False, "null": None}
    return plain.get(kind, "")


def run_alone(double: Double) -> None:
    """For `python -m`: serves until the input ends, and prints the base URL first."""
    with double:
        print(double.url, flush=True)
        sys.stdin.read()
