"""The one gate: which URLs and which addresses may be dialled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from yarl import URL

from watchers.errors import BlockedAddress, LoginInAddress, NoAddress

Allowance = frozenset[str]  # "host:port" of private places that may be reached, IPv6 in brackets

PORTS = frozenset({80, 443})
MAX_URL = 8000
_AUTHORITY = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?P<user>[^/?#@]*)@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]/?#@:%]+)(?::(?P<port>[0-9]{1,5}))?(?=[/?#]|$)"
)
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PRIVATE_ENDS = frozenset({"localhost", "localdomain", "local", "internal"})  # never in the public DNS

# Blocks that are not the open Internet, with the word for the refusal. Everything in IPv6 outside 2000::/3 is
# refused as well: loopback, link-local, private, mapped, NAT64 and multicast all live there.
_V4 = tuple(
    (IPv4Network(block), kind)
    for block, kind in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier (CGNAT)"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "the host of a cloud machine (Azure)"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_V6_GLOBAL = IPv6Network("2000::/3")
_V6 = tuple(
    (IPv6Network(block), kind)
    for block, kind in (
        ("2001::/32", "Teredo"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "for documentation"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A judged URL. `host` is ASCII, lower case, IPv6 without brackets."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def place(self) -> str:
        """Host and port as an allowance writes them."""
        return place(self.host, self.port)

    @property
    def origin(self) -> tuple[str, str, int]:
        """What two URLs must share for a login to go to both."""
        return self.scheme, self.host, self.port


def place(host: str, port: int) -> str:
    """Host and port in one spelling: lower case, IPv6 compressed and in brackets."""
    bare = host.strip("[]").lower().removesuffix(".")
    try:
        address = ip_address(bare)
    except ValueError:
        return f"{bare}:{port}"
    return f"[{address.compressed}]:{port}" if address.version == 6 else f"{address}:{port}"


def allowance(items: Iterable[str]) -> Allowance:
    """The places written as "host:port"; BlockedAddress names one that is not."""
    places: set[str] = set()
    for item in items:
        host, colon, port = item.strip().rpartition(":")
        if not (host and colon and port.isascii() and port.isdecimal()) or (":" in host and host[0] != "["):
            raise BlockedAddress(shown(item), 'an allowance is written "host:port"')
        places.add(place(host, int(port)))
    return frozenset(places)


def shown(url: str) -> str:
    """The URL for messages: bounded, one line, without a login."""
    line = re.sub(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]+", " ", url[:600]).strip()
    line = re.sub(r"(?<=//)[^/?#]*@", "", line)
    return line if len(line) <= 300 else line[:299] + "…"


def judge_ip(address: str) -> str | None:
    """Why this address may not be dialled, in words; None when it is a global unicast address."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "not an address"
    kind = _judge_v4(ip) if isinstance(ip, IPv4Address) else _judge_v6(ip)
    if kind is None and (not ip.is_global or ip.is_multicast):
        kind = "not on the open Internet"
    return kind


def _judge_v4(ip: IPv4Address) -> str | None:
    return next((word for block, word in _V4 if ip in block), None)


def _judge_v6(ip: IPv6Address) -> str | None:
    if ip.scope_id is not None:
        return "bound to one interface"
    if ip not in _V6_GLOBAL:
        if ip.ipv4_mapped is not None:
            return "an IPv4 address in disguise"
        return "loopback" if ip.is_loopback else "link-local" if ip.is_link_local else "not global unicast"
    return next((word for block, word in _V6 if ip in block), None)


def judge(url: str, allow: Allowance = frozenset()) -> Target:
    """The parts of a URL that may be dialled as far as its text tells; otherwise BlockedAddress with the reason.

    Names are judged again once resolved, in the dial.
    """
    subject = shown(url)

    if len(url) > MAX_URL:
        raise NoAddress(subject, "the address is too long")
    if re.search(r"[\x00-\x20\x7f-\x9f\\\ud800-\udfff\u2028\u2029]", url):
        raise NoAddress(subject, "it holds characters that no address may hold")
    match = _AUTHORITY.match(url)
    if match is None:
        raise NoAddress(subject, "it is not a complete http or https address")
    scheme = match["scheme"].lower()
    if scheme not in {"http", "https"}:
        raise NoAddress(subject, f"{scheme} is not http or https")
    if match["user"] is not None:
        raise LoginInAddress(subject, "it holds a user name")
    try:
        parsed = URL(url)
        host, port = parsed.raw_host or "", parsed.port or 0
    except ValueError as error:
        raise NoAddress(subject, "it cannot be read") from error
    written = match["host"].strip("[]").lower()
    if parsed.scheme != scheme or (written.isascii() and host.lower() != written and ":" not in written):
        raise NoAddress(subject, "it can be read in two ways")  # the gate and the dial must mean the same host
    target = Target(
        url=str(parsed),
        scheme=scheme,
        host=host.lower(),
        port=port,
    )
    if target.place in allow:
        return target
    why = _judge_host(target.host)
    if why is not None:
        raise BlockedAddress(subject, why)
    if port not in PORTS:
        raise BlockedAddress(subject, f"port {port} is not 80 or 443")
    return target


def _judge_host(host: str) -> str | None:
    try:
        ip = ip_address(host)
    except ValueError:
        pass
    else:
        kind = judge_ip(str(ip))
        return kind and f"{ip} is {kind}"
    if not _NAME.fullmatch(host):
        return "it has no proper host name"
    labels = host.rstrip(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return f"{host} is a number in disguise"
    if len(labels) == 1 or labels[-1] in _PRIVATE_ENDS:
        return f"{host} is a name of a private network"
    return None
