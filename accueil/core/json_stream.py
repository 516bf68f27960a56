"""Read the records of a JSON file of any size, one after the other, in bounded memory."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import ijson

_CHUNK = 1 << 16
_BOM = b"\xef\xbb\xbf"
_SPACES = b" \t\r\n"


class BrokenJson(ValueError):
    """The file is not JSON from ``byte`` on (0 is the first); ``is_cut``: it ends too early."""

    def __init__(self, byte: int, *, is_cut: bool) -> None:
        super().__init__(f"byte {byte}")
        self.byte = byte
        self.is_cut = is_cut


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a file: ``key`` names their list in an object, ``""`` for a bare array."""

    stream: BinaryIO
    key: str

    def __iter__(self) -> Iterator[Any]:
        """Yield each record. Raises ``BrokenJson`` with the byte where the file breaks."""
        found = ijson.sendable_list()
        parser = ijson.items_coro(found, f"{self.key}.item" if self.key else "item")
        at = _begin(self.stream)
        while chunk := self.stream.read(_CHUNK):
            try:
                parser.send(chunk)
            except ijson.JSONError as error:
                raise BrokenJson(_fault(self.stream, at), is_cut=False) from error
            at += len(chunk)
            yield from found
            del found[:]
        try:
            parser.close()
        except ijson.JSONError as error:
            raise BrokenJson(at, is_cut=True) from error


def find_records(stream: BinaryIO, keys: Collection[str]) -> Records | None:
    """Return the records of a bare array, or of the first of ``keys`` that the object has.

    Reads no further than their beginning. ``None`` when there is no such list. Raises
    ``BrokenJson``.
    """
    found = ijson.sendable_list()
    parser = ijson.parse_coro(found)
    at = _begin(stream)
    while chunk := stream.read(_CHUNK):
        try:
            parser.send(chunk)
        except ijson.JSONError as error:
            raise BrokenJson(_fault(stream, at), is_cut=False) from error
        at += len(chunk)
        for prefix, event, _value in found:
            if event == "start_array" and (not prefix or prefix in keys):
                return Records(stream, prefix)
        del found[:]
    try:
        parser.close()
    except ijson.JSONError as error:
        raise BrokenJson(at, is_cut=True) from error
    return None


def is_json(head: bytes) -> bool:
    """Tell whether a file that begins with these bytes is meant as JSON."""
    return head.removeprefix(_BOM).lstrip(_SPACES)[:1] in (b"{", b"[")


def opened(value: Any) -> Any:
    """Return a value that may be JSON in a string, as the API gives it; else as it is."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _begin(stream: BinaryIO) -> int:
    """Go to the first byte after a byte order mark; return its rank."""
    stream.seek(0)
    if stream.read(len(_BOM)) == _BOM:
        return len(_BOM)
    stream.seek(0)
    return 0


def _fault(stream: BinaryIO, begins: int) -> int:
    """Return the first byte that is not JSON, in the piece that ``begins`` there.

    The parser does not tell where it stopped: read again up to that piece, then byte by byte.
    """
    events = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events)
    at = _begin(stream)
    while at < begins:
        chunk = stream.read(min(_CHUNK, begins - at))
        parser.send(chunk)
        at += len(chunk)
        del events[:]
    while byte := stream.read(1):
        try:
            parser.send(byte)
        except ijson.JSONError:
            return at
        at += 1
    return at
