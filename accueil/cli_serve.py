"""Run the public application and the action server in one process."""

import asyncio

import structlog
import uvicorn

from accueil.bootstrap import Application
from accueil.web.app import create_app

LOG = structlog.get_logger("serve")
ACTIONS = "actions.server:create"
"""Named, not imported: nothing imports the actions."""


async def serve_both(application: Application) -> None:
    """Run the public application and, on loopback only, the action server."""
    if not application.safety.is_whole:  # read now: the first message must not wait for it
        LOG.warning("safety reads without its classifier")
    settings = application.settings
    public = uvicorn.Server(
        uvicorn.Config(
            create_app(application),
            host=settings.host,
            port=settings.port,
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=5,
            forwarded_allow_ips=settings.trusted_proxies,
        )
    )
    actions = uvicorn.Server(
        uvicorn.Config(
            ACTIONS,
            factory=True,
            host="127.0.0.1",
            port=settings.actions_port,
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=5,
        )
    )
    servers = [asyncio.create_task(server.serve()) for server in (public, actions)]
    await asyncio.wait(servers, return_when=asyncio.FIRST_COMPLETED)
    public.should_exit = actions.should_exit = True
    await asyncio.gather(*servers)
