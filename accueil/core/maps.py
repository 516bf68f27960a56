"""Links that lead to a point, without any service of ours; coordinates in WGS 84 degrees."""


def route_url(latitude: float, longitude: float) -> str:
    """Return OpenStreetMap's page of directions to a point; it asks where one starts."""
    return f"https://www.openstreetmap.org/directions?to={latitude:.5f}%2C{longitude:.5f}"


def geo_uri(latitude: float, longitude: float) -> str:
    """Return the link that opens the map application of a phone (RFC 5870).

    ``q`` puts a mark there in the applications that know it; the others ignore it.
    """
    point = f"{latitude:.5f},{longitude:.5f}"
    return f"geo:{point}?q={point}"
