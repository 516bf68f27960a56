"""The webhook of Facebook Messenger."""

from starlette.routing import Route

from accueil.bootstrap import Application
from accueil.channels.messenger_batch import read_messenger
from accueil.channels.meta_signature import MetaWebhook
from accueil.channels.platform_door import Receive

PATH = "/webhooks/messenger"


def routes(application: Application, receive: Receive) -> list[Route]:
    """Return the route that Meta calls; none without a page."""
    account = application.settings.platforms.messenger
    if account is None:
        return []
    webhook = MetaWebhook(
        account.app_secret,
        account.verify_token,
        lambda body: read_messenger(body, account.page),
        receive,
    )
    return [webhook.route(PATH)]
