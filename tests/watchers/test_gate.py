"""None of the tricks reaches a private place: typed, followed by a redirect, resolved from a name, or dialled at once.

A trap listens on loopback. Whatever is dialled at all is heard by an audit hook, whether or not anything listens there.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientError
from loopback import got

from config.settings import Fetching
from watchers.errors import BlockedAddress, WatchError
from watchers.fetch import Downloader

pytestmark = pytest.mark.asyncio(loop_scope="session")

# "%" in a spelling is its own; PORT stands for the trap's.
TRICKS: dict[str, tuple[str, ...]] = {
    "loopback as it is": ("http://127.0.0.1:PORT/", "http://127.0.0.1/", "https://127.0.0.1/", "http://127.255.255.254/"),
    "numbers": (
        "http://127.1:PORT/", "http://127.0.1/", "http://2130706433:PORT/", "http://0x7f000001/", "http://0x7f.1/",
        "http://0X7F.0X0.0.1/", "http://0177.0.0.1/", "http://00000177.1/", "http://017700000001/", "http://0:PORT/",
        "http://00/", "http://0.0.0.0:PORT/", "http://127.0.0.1.:PORT/", "http://127.0.0.1../",
    ),
    "names of this machine": (
        "http://localhost:PORT/", "http://LOCALHOST/", "http://localhost./", "http://localhost.localdomain/",
        "http://ip6-localhost/", "http://app.localhost/", "http://metadata/", "http://metadata.google.internal/",
        "http://printer.local/",
    ),
    "version 6": (
        "http://[::1]:PORT/", "http://[0:0:0:0:0:0:0:1]/", "http://[0000::1]/", "http://[::]:PORT/", "http://[fe80::1]/",
        "http://[fe80::1%25lo]/", "http://[::1%251]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[fec0::1]/",
        "http://[ff02::1]/", "http://[100::1]/", "http://[5f00::1]/", "http://[2001:db8::1]/", "http://[3fff::1]/",
        "http://[2001:2::1]/", "http://[2001:20::1]/",
    ),
    "version 4 within version 6": (
        "http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:127.0.0.1]/",
        "http://[::127.0.0.1]/", "http://[::ffff:0:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::169.254.169.254]/",
        "http://[64:ff9b:1::7f00:1]/", "http://[2002:7f00:1::]/", "http://[2002:a9fe:a9fe::1]/", "http://[2001:0:7f00:1::1]/",
        "http://[fe80::5efe:127.0.0.1]/",
    ),
    "private, shared, reserved": (
        "http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/", "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://100.100.100.200/", "http://192.0.0.192/", "http://168.63.129.16/",
        "http://192.0.2.1/", "http://192.88.99.1/", "http://198.18.0.1/", "http://198.51.100.1/", "http://203.0.113.1/",
        "http://224.0.0.1/", "http://240.0.0.1/", "http://255.255.255.255/",
    ),
    "other letters": (
        "http://①②⑦.⓪.⓪.①/", "http://１２７.0.0.1/", "http://¹²⁷.0.0.1/", "http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/", "http://127。0。0。1/",
        "http://127．0．0．1/", "http://127｡0｡0｡1/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://lo\u00adcalhost/", "http://local\u200bhost/",
        "http://example.com／@127.0.0.1/", "http://example.com:８０/",
    ),
    "percent signs": (
        "http://%31%32%37.0.0.1/", "http://127%2e0%2e0%2e1/", "http://127.0.0.1%2f@example.com/", "http://127.0.0.1%20/",
        "http://example.com%00.127.0.0.1/", "http://example.com%2e127.0.0.1/", "http://%5b::1%5d/",
    ),
    "two readings": (
        "http://127.0.0.1:PORT\\@example.com/", "http://example.com\\@127.0.0.1:PORT/", "http:\\\\127.0.0.1\\",
        "http://127.0.0.1:PORT#@example.com/", "http://127.0.0.1:PORT?@example.com/", "http://127.0.0.1;@example.com/",
        "http://a@b@127.0.0.1/", "http:/127.0.0.1/", "http:127.0.0.1", "http:///127.0.0.1/", "http:////127.0.0.1/",
        "//127.0.0.1:PORT/", "http://[127.0.0.1]/", "http://127.0.0.1]/", "http://[::1", "http://[::1].example.com/",
        "http://127.0.0.1,example.com/", "http://127.0.0.1\t/", "http://127.0.0.1\r\nHost: example.com/", "ht\ntp://127.0.0.1/",
    ),
    "credentials": (
        "http://example.com@127.0.0.1:PORT/", "http://example.com:80@127.0.0.1:PORT/", "http://user:secret@127.0.0.1:PORT/",
        "http://:@127.0.0.1:PORT/", "http://example.com@[::1]:PORT/",
    ),
    "ports": (
        "http://8.8.8.8:22/", "http://8.8.8.8:6379/", "http://8.8.8.8:0/", "http://8.8.8.8:65616/", "http://8.8.8.8:+80/",
        "http://8.8.8.8:80:80/", "http://8.8.8.8:/",
    ),
    "other schemes": (
        "file:///etc/passwd", "file://127.0.0.1/etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:PORT/_GET", "dict://127.0.0.1:PORT/",
        "ldap://127.0.0.1/", "ws://127.0.0.1:PORT/", "unix:///var/run/docker.sock", "http+unix://%2fvar%2frun%2fdocker.sock/",
        "data:text/xml,<rss/>", "javascript:alert(1)", "jar:http://127.0.0.1!/", "view-source:http://127.0.0.1/",
        "feed://127.0.0.1:PORT/", "feed:http://127.0.0.1:PORT/", "http://", "",
    ),
}  # fmt: skip
# What a name may resolve to, one of each kind.
ADDRESSES = (
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.8.8.8", "168.63.129.16", "169.254.169.254",
    "172.16.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:2::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::1",
    "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::5efe:7f00:1", "fec0::1", "ff02::1",
)  # fmt: skip
PUBLIC = ("93.184.215.14", "2606:4700::1111")


@pytest_asyncio.fixture(loop_scope="session")
async def trap(make: Any) -> AsyncIterator[Any]:
    """A server on loopback that nobody may reach."""
    server = make.web()
    await server.start()
    yield server
    await server.stop()


def tricks(trap: Any) -> list[str]:
    return [url.replace("PORT", str(trap.port)) for urls in TRICKS.values() for url in urls]


async def let_through(downloader: Downloader, urls: list[str], **rest: Any) -> list[str]:
    """Those of the addresses that the gate did not refuse."""
    passed = []
    for url in urls:
        try:
            await got(downloader, url, **rest)
        except BlockedAddress:
            continue
        except WatchError as error:
            passed.append(f"{url}: {error}")
        else:
            passed.append(url)
    return passed


async def test_the_trap_is_heard_by_the_hook_when_somebody_may_reach_it(trap, downloader, dialled) -> None:
    trap.put("/", "news")
    assert (await got(downloader, trap.url("/"), allow=[trap.place])).body == b"news"
    assert dialled == [("127.0.0.1", trap.port)]


async def test_no_trick_reaches_anything_as_an_address(trap, make, dialled) -> None:
    assert len(tricks(trap)) >= 120
    resolver = make.resolver()
    downloader = Downloader(Fetching(deadline_seconds=5), resolver=resolver)
    assert await let_through(downloader, tricks(trap)) == []
    await downloader.close()
    assert (resolver.asked, dialled, trap.asked) == ([], [], [])


async def test_no_trick_reaches_anything_as_a_redirect(trap, site, downloader, dialled) -> None:
    ways = []
    for number, url in enumerate(tricks(trap)):
        if url and "\n" not in url and not url.startswith("//127"):
            location = url.encode("utf-8", "surrogateescape").decode("latin-1")
            ways.append(site.put(f"/{number}", status=302 + number % 2, location=location))
    ways.append(site.put("/relative", status=301, location=f"//127.0.0.1:{trap.port}/"))
    assert len(ways) >= 110
    passed = await let_through(downloader, ways, allow=[site.place])
    on_site = [one for one in passed if "404" in one or "more than 5 times" in one]
    assert passed == on_site  # without a host of its own it is a path on the same server, which is allowed
    assert len(passed) <= 5
    assert (set(dialled), trap.asked) == ({("127.0.0.1", site.port)}, [])


@pytest.mark.parametrize("beside", ["alone", "first", "last"])
async def test_no_name_leads_to_a_private_place(trap, make, dialled, beside) -> None:
    answers = []
    for address in ADDRESSES:
        public = PUBLIC["." not in address or ":" in address]
        answers.append({"alone": [address], "first": [address, public], "last": [public, address]}[beside])
    resolver = make.resolver(*answers)
    downloader = Downloader(Fetching(deadline_seconds=5), resolver=resolver)
    urls = [f"http://{number}.news.example/" for number in range(len(ADDRESSES))]
    assert await let_through(downloader, urls) == []
    await downloader.close()
    assert len(resolver.asked) == len(ADDRESSES)  # one question each: what is judged is what would be dialled
    assert dialled == []


async def test_the_dial_refuses_every_private_address_by_itself(dialled) -> None:
    downloader = Downloader(Fetching())
    session = downloader._connections.session(frozenset())
    for address in ADDRESSES:
        host = f"[{address}]" if ":" in address else address
        with pytest.raises((OSError, ClientError)) as caught:
            await session.get(f"http://{host}/")
        fault = getattr(caught.value, "os_error", caught.value)
        assert isinstance(fault, BlockedAddress) or fault.errno == errno.EACCES, address
    await downloader.close()
    assert dialled == []


async def test_nothing_in_the_environment_leads_round_the_gate(trap, site, dialled, tmp_path, monkeypatch) -> None:
    downloader = Downloader(Fetching(deadline_seconds=5))
    (tmp_path / "netrc").write_text("default login desk password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, trap.url("/"))
    monkeypatch.setenv("no_proxy", "")
    assert await let_through(downloader, [trap.url("/"), "http://10.0.0.1/", "https://127.0.0.1/"]) == []
    await got(downloader, site.put("/feed", "news"), allow=[site.place])
    await downloader.close()
    assert "Authorization" not in site.asked[0].headers
    assert (dialled, trap.asked) == ([("127.0.0.1", site.port)], [])


async def test_a_connection_kept_open_for_one_who_may_is_not_lent_to_one_who_may_not(trap, downloader, dialled) -> None:
    url = trap.put("/", "news")
    await got(downloader, url, allow=[trap.place])
    others = [got(downloader, url, allow=allow) for allow in ([], ["127.0.0.1:1"], [f"localhost:{trap.port}"])]
    refused = await asyncio.gather(*others, return_exceptions=True)
    assert [type(one) for one in refused] == [BlockedAddress] * 3
    assert len(trap.asked) == len(dialled) == 1


async def test_an_allowance_for_a_name_opens_its_address_to_no_other_name(trap, make, dialled) -> None:
    downloader = Downloader(Fetching(), resolver=make.resolver(["127.0.0.1"], ["127.0.0.1"]))
    session = downloader._connections.session(frozenset({f"intranet.example:{trap.port}"}))
    trap.put("/", "news")
    async with session.get(f"http://intranet.example:{trap.port}/") as answer:
        assert answer.status == 200
    with pytest.raises(BlockedAddress, match=r"wiki\.example.*loopback"):
        await session.get(f"http://wiki.example:{trap.port}/")
    await downloader.close()
    assert len(trap.asked) == len(dialled) == 1
