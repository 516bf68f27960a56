"""What Meta has to be told once: which events to send us, and which templates to approve.

Sources: "Webhooks" of the Messenger Platform (``subscribed_apps``), "Get started button"
(``messenger_profile``), "Page Message Templates" (Graph API), "Webhooks" and "Template management"
of the WhatsApp Business Platform.
"""

from urllib.parse import quote

from accueil.gateways.graph_api import GraphApi
from accueil.gateways.meta_templates import CATEGORY, LANGUAGE, MetaTemplate
from accueil.gateways.platform_accounts import MessengerAccount, WhatsAppAccount

GET_STARTED = "GET_STARTED"
"""The payload of Messenger's button that opens a first conversation."""
MESSENGER_FIELDS = (
    "messages",
    "messaging_postbacks",
    "messaging_referrals",
    "message_echoes",
    "message_edits",
)


class MetaSetup:
    """Speaks for one page of Messenger, or one WhatsApp Business account, named by ``owner``."""

    def __init__(self, account: MessengerAccount | WhatsAppAccount, owner: str) -> None:
        self._api = GraphApi(account.url, account.token, account.app_secret)
        self._owner = f"/{quote(owner, safe='')}"

    def connect_page(self) -> None:
        """Let a page's events come to us, with its opening button. Raises ``NotDelivered``."""
        fields = ",".join(MESSENGER_FIELDS)
        self._api.post(f"{self._owner}/subscribed_apps", {"subscribed_fields": fields})
        profile = {"get_started": {"payload": GET_STARTED}}
        self._api.post(f"{self._owner}/messenger_profile", profile)

    def connect_numbers(self) -> None:
        """Let the events of a WhatsApp Business account come to us. Raises ``NotDelivered``."""
        self._api.post(f"{self._owner}/subscribed_apps", {})

    def ask_for(self, template: MetaTemplate) -> str:
        """Ask Meta to approve a template; return its answer, a word. Raises ``NotDelivered``."""
        body = {
            "name": template.name,
            "language": LANGUAGE,
            "category": CATEGORY,
            "components": [
                {
                    "type": "BODY",
                    "text": template.body,
                    "example": {"body_text": [list(template.examples)]},
                }
            ],
        }
        return self._api.send(f"{self._owner}/message_templates", body, "status")
