"""Style sheets and modules, read and compressed once, when the application starts.

What a phone at the end of a weak network downloads matters more than what starting costs: modules
are sent without their comments, and everything that shrinks is sent compressed (gzip, RFC 1952).
Each form has an entity tag of its own (RFC 9110, sections 8.8.3 and 13.1.2), so that asking again
costs a few bytes. Changing a file asks for a restart.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Whitespace
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from accueil.web.negotiation import accepts_gzip, has_already


@dataclass(frozen=True, slots=True)
class _Form:
    """The bytes of one file in one encoding, and the headers that go with them."""

    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class _File:
    """One file as it is sent; ``packed`` is absent when compressing does not make it smaller."""

    plain: _Form
    packed: _Form | None


class StaticFiles:
    """An ASGI application that serves the files of one folder from memory.

    Nothing outside the folder can be named: a path is looked up among those found at the start.
    """

    def __init__(self, folder: Path) -> None:
        self._files = _read(folder)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        file = self._files.get(scope["path"].removeprefix(scope["root_path"]).lstrip("/"))
        if file is None:
            raise HTTPException(404)
        asked = Headers(scope=scope)
        form = file.plain
        if file.packed and accepts_gzip(asked.get("accept-encoding", "")):
            form = file.packed
        if has_already(asked.get("if-none-match", ""), form.headers["ETag"]):
            kept = {name: form.headers[name] for name in ("ETag", "Vary")}
            await Response(status_code=304, headers=kept)(scope, receive, send)
            return
        await Response(form.body, headers=form.headers)(scope, receive, send)


@cache
def _read(folder: Path) -> dict[str, _File]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): prepare(path) for path in found}


def prepare(path: Path) -> _File:
    """Return what is sent of a file: 20 signs of its SHA-256 are the entity tag."""
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".js":
        kind = "text/javascript"
        content = without_comments(content.decode("utf-8")).encode("utf-8")
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    tag = hashlib.sha256(content).hexdigest()[:20]
    common = {"Content-Type": kind, "Vary": "Accept-Encoding"}
    plain = _Form(content, common | {"ETag": f'"{tag}"'})
    # mtime=0: the same file gives the same bytes at every start, on every machine.
    packed = gzip.compress(content, 9, mtime=0)
    if len(packed) >= len(content):
        return _File(plain, None)
    encoded = {"ETag": f'"{tag}-gz"', "Content-Encoding": "gzip"}
    return _File(plain, _Form(packed, common | encoded))


def without_comments(script: str) -> str:
    """Return a module without its comments and indentation; all other characters stay.

    A comment counts as a space, or as a line break when it holds one, and so does a run of blanks
    (ECMAScript 2024, sections 12.2 to 12.4): each is replaced by that. Pygments tells both from
    what is inside strings, templates and regular expressions.
    """
    lexer = JavascriptLexer(stripnl=False, ensurenl=False)
    return "".join(
        ("\n" if "\n" in text else " ") if kind in Comment or kind in Whitespace else text
        for kind, text in lexer.get_tokens(script)
    )
