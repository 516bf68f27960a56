"""Read plain forms."""

from starlette.requests import Request


async def text_fields(request: Request) -> dict[str, str]:
    """Return the text fields of a form; files are ignored. Reading it again costs nothing."""
    form = await request.form(max_files=0, max_fields=20)
    return {name: value for name, value in form.items() if isinstance(value, str)}
