"""WhatsApp's Cloud API on loopback, with what its documentation says and nothing more.

It checks what it is sent (limits of texts, buttons, lists and templates), tells the webhook the
status of each message with our ``biz_opaque_callback_data``, and lets people write: by their
number, or without one when they have a username.
"""

from typing import Any

from graph_rules import Refused, check
from meta_provider import (
    APP_SECRET,
    START,
    TOKEN,
    VERIFY_TOKEN,
    MetaPerson,
    MetaServer,
)
from platform_provider import Call, Delivered

from accueil.gateways.platform_accounts import WhatsAppAccount

NUMBER_ID, NUMBER, BUSINESS = "106000000000001", "+33939980003", "102000000000004"


class WhatsAppProvider(MetaServer):
    """Start it with ``with``. Addresses in digits are numbers, the others hide theirs."""

    webhook = "/webhooks/whatsapp"

    def account(self) -> WhatsAppAccount:
        """Return the account that leads here."""
        return WhatsAppAccount(NUMBER_ID, NUMBER, TOKEN, APP_SECRET, VERIFY_TOKEN, self.graph)

    def environment(self) -> dict[str, str]:
        """Return the variables that lead here."""
        return {
            "ACCUEIL_WHATSAPP_NUMBER_ID": NUMBER_ID,
            "ACCUEIL_WHATSAPP_NUMBER": NUMBER,
            "ACCUEIL_WHATSAPP_TOKEN": TOKEN,
            "ACCUEIL_WHATSAPP_APP_SECRET": APP_SECRET,
            "ACCUEIL_WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
            "ACCUEIL_WHATSAPP_URL": self.graph,
        }

    def person(self, number: int = 1001) -> MetaPerson:
        """Return somebody whose number is hidden."""
        return MetaPerson(self, f"FR.13491208655302{number}")

    def is_message(self, call: Call) -> bool:
        return "/messages?" in call.path and b'"type"' in call.body and b'"read"' not in call.body

    def batch(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        changes = [{"field": "messages", "value": self.value(item)} for item in items]
        entry = {"id": BUSINESS, "changes": changes}
        return {"object": "whatsapp_business_account", "entry": [entry]}

    def value(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return one change: a message with its contact, or a status."""
        metadata = {"display_phone_number": NUMBER[1:], "phone_number_id": NUMBER_ID}
        value: dict[str, Any] = {"messaging_product": "whatsapp", "metadata": metadata}
        if "status" in item:
            return value | {"statuses": [item]}
        contact: dict[str, Any] = {"profile": {"name": "Lina"}, "wa_id": item.get("from", "")}
        if "from_user_id" in item:
            contact["user_id"] = item["from_user_id"]
        return value | {"contacts": [contact], "messages": [item]}

    def message(self, sender: str, kind: str, content: Any) -> dict[str, Any]:
        """Return a message of one person, a second after what happened before."""
        count = self.next_count()
        who = {"from": sender} if sender.isdigit() else {"from": "", "from_user_id": sender}
        named = {"id": f"wamid.{sender}.{count}", "timestamp": str(START + count)}
        return who | named | {"type": kind, kind: content}

    def text(self, sender: str, text: str) -> dict[str, Any]:
        return self.message(sender, "text", {"body": text})

    def pressed(self, sender: str, title: str, token: str) -> dict[str, Any]:
        shown = next(one.body for one in reversed(self.to(sender)) if (title, token) in one.choices)
        kind = "list_reply" if shown["interactive"]["type"] == "list" else "button_reply"
        answer = {"type": kind, kind: {"id": token, "title": title}}
        return self.message(sender, "interactive", answer)

    def location(self, sender: str, latitude: float, longitude: float) -> dict[str, Any]:
        return self.message(sender, "location", {"latitude": latitude, "longitude": longitude})

    def medium(self, sender: str, kind: str) -> dict[str, Any]:
        content: dict[str, Any] = {"id": "1003383421387256", "mime_type": "application/example"}
        return self.message(sender, kind, content | ({"voice": True} if kind == "audio" else {}))

    def status(self, reference: str, state: str, to: str, code: int = 0) -> dict[str, Any]:
        """Return what the webhook says of a message of ours."""
        count = self.next_count()
        item: dict[str, Any] = {
            "id": f"wamid.sent.{count}",
            "status": state,
            "timestamp": str(START + count),
            "biz_opaque_callback_data": reference,
        }
        item |= {"recipient_id": to} if to.isdigit() else {"recipient_user_id": to}
        return item | ({"errors": [{"code": code, "title": "Failed"}]} if code else {})

    def accept(self, path: str, body: dict[str, Any]) -> Any:
        owner, _, edge = path.lstrip("/").partition("/")
        if (owner, edge) == (NUMBER_ID, "messages"):
            return self._message(body)
        check(owner == BUSINESS)
        if edge == "message_templates":
            return self.templates.approve(body)
        check(edge == "subscribed_apps")
        self.set_up.append((edge, body))
        return {"success": True}

    def _message(self, body: dict[str, Any]) -> Any:
        check(body["messaging_product"] == "whatsapp")
        if body.get("status") == "read":
            check(body["message_id"].startswith("wamid."), len(body) == 4)
            check(body["typing_indicator"] == {"type": "text"})
            self.acknowledged.append(body)
            return {"success": True}
        to = body.get("to") or body["recipient"]
        check(body["recipient_type"] == "individual", to.isdigit() == ("to" in body))
        reference = body["biz_opaque_callback_data"]
        check(0 < len(reference) <= 512)
        self.check_person(to, is_template=body["type"] == "template")
        text, choices = self._shown(body)
        status = self.status(reference, "sent", to)
        self.told(Delivered(to, text, choices, body), status)
        named = {"wa_id": to} if to.isdigit() else {"user_id": to}
        return {
            "messaging_product": "whatsapp",
            "contacts": [{"input": to} | named],
            "messages": [{"id": status["id"]}],
        }

    def _shown(self, body: dict[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
        if body["type"] == "template":
            return self.templates.filled(body["template"]), ()
        if body["type"] == "text":
            check(0 < len(body["text"]["body"]) <= 4096)
            return body["text"]["body"], ()
        check(body["type"] == "interactive")
        shown = body["interactive"]
        choices = _buttons(shown) if shown["type"] == "button" else _rows(shown)
        check(len({token for _, token in choices}) == len(choices))
        return shown["body"]["text"], choices

    def check_person(self, address: str, *, is_template: bool) -> None:
        if address in self.blocked:
            raise Refused(131026)
        if address in self.closed and not is_template:
            raise Refused(131047)


def _buttons(shown: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    buttons = [one["reply"] for one in shown["action"]["buttons"] if one["type"] == "reply"]
    check(0 < len(buttons) <= 3, 0 < len(shown["body"]["text"]) <= 1024)
    check(len({one["title"] for one in buttons}) == len(buttons))
    for one in buttons:
        check(0 < len(one["title"]) <= 20, 0 < len(one["id"]) <= 256)
    return tuple((one["title"], one["id"]) for one in buttons)


def _rows(shown: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    action = shown["action"]
    rows = [row for section in action["sections"] for row in section["rows"]]
    check(shown["type"] == "list", 0 < len(rows) <= 10, 0 < len(shown["body"]["text"]) <= 4096)
    check(0 < len(action["button"]) <= 20)
    check(all(0 < len(section["title"]) <= 24 for section in action["sections"]))
    for row in rows:
        check(0 < len(row["title"]) <= 24, 0 < len(row["id"]) <= 200)
    return tuple((row["title"], row["id"]) for row in rows)
