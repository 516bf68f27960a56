"""Who is at the other end of a connection, as far as limits go."""

from ipaddress import IPv6Address, ip_address

from starlette.requests import Request


def address_of(request: Request) -> str:
    """Return what stands for a visitor's connection: the address, or the /64 network in IPv6."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return (address.ipv4_mapped or address).exploded[:19]
    return str(address)
