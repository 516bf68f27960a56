"""Read plain forms."""

from starlette.exceptions import HTTPException
from starlette.requests import Request


async def text_fields(request: Request) -> dict[str, str]:
    """Return the text fields of a form; files are ignored. Reading it again costs nothing.

    NUL characters, which nobody types and PostgreSQL refuses, are taken out.
    """
    form = await request.form(max_files=0, max_fields=20)
    return {name: value.replace("\0", "") for name, value in form.items() if isinstance(value, str)}


def identifier(request: Request) -> str:
    """Return the ``id`` of the address. Raises 404 for what cannot be one."""
    given = str(request.path_params["id"])
    if not (given.isascii() and given.isalnum() and len(given) <= 64):
        raise HTTPException(404)
    return given
