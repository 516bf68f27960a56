"""Serve the actions to Rasa, on loopback only."""

import hmac
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from accueil.bootstrap import Application, build
from actions.booking import BOOKING_SKILLS
from actions.conversation import CONVERSATION_SKILLS
from actions.human import HUMAN_SKILLS
from actions.lone import LONE_SKILLS
from actions.my_appointment import MY_APPOINTMENT_SKILLS
from actions.my_data import MY_DATA_SKILLS
from actions.site import SITE_SKILLS

ALL_SKILLS = (
    *CONVERSATION_SKILLS,
    *HUMAN_SKILLS,
    *LONE_SKILLS,
    *SITE_SKILLS,
    *BOOKING_SKILLS,
    *MY_APPOINTMENT_SKILLS,
    *MY_DATA_SKILLS,
)
SECRET_HEADER = "X-Accueil-Secret"  # noqa: S105, the name of a header

_NO_DOMAIN = {"version": "3.1"}


def create(application: Application | None = None) -> Starlette:
    """Return the action server (Rasa's action webhook: POST /webhook)."""
    app = application or build()
    executor = ActionExecutor()
    for skill in ALL_SKILLS:
        executor.register_action(skill(app))

    async def webhook(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given, app.settings.rasa_secret):
            return JSONResponse({"error": "secret"}, status_code=403)
        # Our actions need no domain: an empty one keeps the library from asking for it (HTTP 449).
        return await _execute(executor, {"domain": _NO_DOMAIN, **await request.json()})

    async def health(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[
            Route("/webhook", webhook, methods=["POST"]),
            Route("/health", health),
        ]
    )


async def _execute(executor: ActionExecutor, call: dict[str, Any]) -> Response:
    try:
        result = await executor.run(call)
    except ActionExecutionRejection as rejection:
        body = {"error": rejection.message, "action_name": rejection.action_name}
        return JSONResponse(body, status_code=400)
    except ActionNotFoundException as missing:
        body = {"error": missing.message, "action_name": missing.action_name}
        return JSONResponse(body, status_code=404)
    return JSONResponse(result.model_dump() if result else {})
