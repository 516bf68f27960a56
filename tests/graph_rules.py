"""What the made-up Graph API refuses, and the rules of its templates."""

import re
from typing import Any


def graph_error(code: int, detail: int = 0, status: int = 400) -> tuple[int, Any]:
    """Return a refusal as the Graph API writes it; its words quote more than they should."""
    error: dict[str, Any] = {
        "message": f"(#{code}) about the message you sent",
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "AbCdEfGhIjK",
    }
    if detail:
        error["error_subcode"] = detail
    return status, {"error": error}


class Refused(Exception):
    """The Graph API refuses a request."""

    def __init__(self, code: int, detail: int = 0) -> None:
        super().__init__(code, detail)
        self.answer = graph_error(code, detail)


def check(*conditions: bool) -> None:
    """Refuse a request that the documentation does not allow. Raises ``Refused``."""
    if not all(conditions):
        raise Refused(100)


class Templates:
    """The templates of one page or account, by name."""

    def __init__(self, bodies: dict[str, str]) -> None:
        self.bodies = bodies

    def filled(self, template: dict[str, Any]) -> str:
        """Return the words of a template with its values. Raises ``Refused``."""
        body, values = self.bodies.get(template.get("name", "")), _values(template)
        if body is None or template.get("language") != {"code": "fr"}:
            raise Refused(132001)
        if len(values) != len(set(re.findall(r"{{\d+}}", body))):
            raise Refused(132000)
        if not all(values) or any(re.search(r"[\r\n\t]| {5}", value) for value in values):
            raise Refused(100)
        for number, value in enumerate(values, start=1):
            body = body.replace(f"{{{{{number}}}}}", value)
        return body

    def approve(self, body: dict[str, Any]) -> dict[str, Any]:
        """Take a template that keeps Meta's rules. Raises ``Refused``."""
        text = body["components"][0]["text"]
        example = body["components"][0]["example"]["body_text"][0]
        wanted = len(set(re.findall(r"{{\d+}}", text)))
        if body["category"] != "UTILITY" or len(example) != wanted:
            raise Refused(100)
        if text.startswith("{{") or text.endswith("}}"):
            raise Refused(100)
        self.bodies[body["name"]] = text
        return {"id": str(len(self.bodies)), "status": "APPROVED", "category": "UTILITY"}


def _values(template: dict[str, Any]) -> list[str]:
    components = template.get("components", [])
    if not components:
        return []
    if len(components) > 1 or components[0].get("type") != "body":
        raise Refused(100)
    parameters = components[0]["parameters"]
    if any(one.get("type") != "text" for one in parameters):
        raise Refused(100)
    return [one["text"] for one in parameters]
