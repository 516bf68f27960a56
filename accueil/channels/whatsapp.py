"""The webhook of WhatsApp's Cloud API."""

from starlette.routing import Route

from accueil.bootstrap import Application
from accueil.channels.meta_signature import MetaWebhook
from accueil.channels.platform_door import Receive
from accueil.channels.whatsapp_batch import read_whatsapp

PATH = "/webhooks/whatsapp"


def routes(application: Application, receive: Receive) -> list[Route]:
    """Return the route that Meta calls; none without a number."""
    account = application.settings.platforms.whatsapp
    if account is None:
        return []
    webhook = MetaWebhook(
        account.app_secret,
        account.verify_token,
        lambda body: read_whatsapp(body, account.number_id),
        receive,
    )
    return [webhook.route(PATH)]
