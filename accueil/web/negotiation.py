"""What a browser can read and what it already has, by the headers of its request (RFC 9110)."""


def accepts_gzip(accepted: str) -> bool:
    """Tell whether an ``Accept-Encoding`` header takes gzip; a weight that is none refuses."""
    weights = {
        coding.strip(): weight.replace(" ", "").removeprefix("q=") or "1"
        for coding, _, weight in (one.partition(";") for one in accepted.lower().split(","))
    }
    try:
        return float(weights.get("gzip", weights.get("*", "0"))) > 0
    except ValueError:
        return False


def has_already(known: str, tag: str) -> bool:
    """Tell whether ``If-None-Match`` names an entity tag; weak tags compare like strong ones."""
    tags = [one.strip().removeprefix("W/") for one in known.split(",")]
    return tags == ["*"] or tag.removeprefix("W/") in tags
