"""A download is bounded in bytes and time, goes through the gate at every step, and names what went wrong."""

from __future__ import annotations

import asyncio
import resource
import socket
from contextlib import asynccontextmanager, closing, suppress

import pytest
from aiohttp import web
from loopback import got

from config.settings import Fetching
from watchers.errors import BlockedAddress, Gone, Refused, TooLarge, TooSlow, Unreachable, Unreadable
from watchers.fetch import Downloader

pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def raw_server(answer):
    """A server that speaks no HTTP of its own: `answer(reader, writer)`."""

    async def serve(reader, writer):
        with suppress(ConnectionError), closing(writer):
            await answer(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def test_a_good_answer_comes_with_body_headers_and_charset(site, get) -> None:
    url = site.put(
        "/feed", "<rss/>", content_type="application/rss+xml; charset=latin-1", etag='"1"', last_modified="now"
    )
    response = await get(url)
    assert (response.status, response.body, response.url, response.charset) == (200, b"<rss/>", url, "latin-1")
    assert (response.etag, response.last_modified, response.moved_to) == ('"1"', "now", None)
    assert response.content_type == "application/rss+xml; charset=latin-1"


async def test_a_request_says_who_asks_and_takes_gzip_only(site, get) -> None:
    await get(site.put("/feed"), contact="desk@example.org\r\nX-Evil: 1")
    headers = site.asked[0].headers
    assert headers["Accept-Encoding"] == "gzip"
    assert headers["User-Agent"].startswith("OnRecord/")
    assert "desk@example.org" in headers["User-Agent"]
    assert "X-Evil" not in headers
    assert "Cookie" not in headers


async def test_validators_are_sent_and_a_304_has_no_body(site, get) -> None:
    url = site.put("/feed", status=304)
    response = await get(url, etag='"1"', last_modified="Mon, 03 Nov 2025 08:00:00 GMT")
    assert (response.status, response.body) == (304, b"")
    assert site.asked[0].headers["If-None-Match"] == '"1"'
    assert site.asked[0].headers["If-Modified-Since"] == "Mon, 03 Nov 2025 08:00:00 GMT"


async def test_a_validator_that_cannot_be_a_header_is_not_sent(site, get) -> None:
    await get(site.put("/feed"), etag="a\r\nX-Evil: 1", last_modified="\udcff")
    assert not {"If-None-Match", "X-Evil", "If-Modified-Since"} & set(site.asked[0].headers)


async def test_cookies_are_not_kept(site, downloader) -> None:
    url = site.put("/feed", set_cookie="a=b")
    await got(downloader, url, allow=[site.place])
    await got(downloader, url, allow=[site.place])
    assert "Cookie" not in site.asked[1].headers


# Bytes


async def test_gzip_is_inflated_member_by_member(site, get, make) -> None:
    url = site.put("/feed", make.gzipped(b"one ") + make.gzipped(b"two") + b"\0\0\0", content_encoding="gzip")
    assert (await get(url)).body == b"one two"


async def test_a_gzip_bomb_stops_at_the_cap_without_being_unpacked(site, get, make) -> None:
    bomb = make.gzipped(bytes(300_000_000))
    url = site.put("/feed", bomb, content_encoding="gzip")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLarge, match="inflates to more than"):
        await get(url, cap=10 * 1024 * 1024)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 50 * 1024


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "deflate", "x" * 500])
async def test_an_encoding_that_was_not_asked_for_is_named(site, get, encoding) -> None:
    with pytest.raises(Unreadable, match=encoding[:40]):
        await get(site.put("/feed", b"x", content_encoding=encoding))


@pytest.mark.parametrize("cut", [5, -5])
async def test_a_gzip_stream_that_breaks_off_is_not_taken_for_whole(site, get, make, cut) -> None:
    with pytest.raises(Unreadable, match="breaks off"):
        await get(site.put("/feed", make.gzipped(b"news " * 1000)[:cut], content_encoding="gzip"))


async def test_what_is_not_gzip_is_said_to_be_damaged(site, get) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        await get(site.put("/feed", b"plainly not", content_encoding="gzip"))


async def test_a_body_of_exactly_the_cap_passes_and_one_byte_more_does_not(site, get) -> None:
    assert len((await get(site.put("/a", b"x" * 5000), cap=5000)).body) == 5000
    with pytest.raises(TooLarge):
        await get(site.put("/b", b"x" * 5001), cap=5000)


async def test_an_endless_body_stops_at_the_cap_and_the_connection_is_closed(site, get) -> None:
    closed = asyncio.Event()

    async def endless(request):
        answer = web.StreamResponse()
        await answer.prepare(request)
        try:
            while True:
                await answer.write(b"x" * 65536)
        finally:
            closed.set()

    with pytest.raises(TooLarge):
        await get(site.handle("/feed", endless), cap=200_000)
    await asyncio.wait_for(closed.wait(), 5)


async def test_a_body_shorter_than_declared_is_a_broken_connection(get) -> None:
    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss/>")

    async with raw_server(answer) as place:
        with pytest.raises(Unreachable, match="broke off"):
            await get(f"http://{place}/", allow=[place])


@pytest.mark.parametrize(
    "sent", [b"", b"hello\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"]
)
async def test_an_answer_that_is_not_http_is_an_unreachable_server(get, sent) -> None:
    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(sent)

    async with raw_server(answer) as place:
        with pytest.raises(Unreachable):
            await get(f"http://{place}/", allow=[place])


# Time


async def drip(request):
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(b"x")
        await asyncio.sleep(0.02)


async def test_a_drip_ends_at_the_total_deadline(site, get) -> None:
    began = asyncio.get_running_loop().time()
    with pytest.raises(TooSlow, match=r"0\.3 s"):
        await get(site.handle("/feed", drip), deadline=0.3)
    assert asyncio.get_running_loop().time() - began < 1


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: "])
async def test_a_server_that_stays_silent_ends_at_the_deadline(get, sent) -> None:
    async def answer(reader, writer):
        writer.write(sent)
        await reader.read()

    async with raw_server(answer) as place:
        with pytest.raises(TooSlow):
            await get(f"http://{place}/", allow=[place], deadline=0.2)


async def test_the_deadline_covers_all_redirects_together(site, get) -> None:
    async def hop(request):
        await asyncio.sleep(0.15)
        return web.Response(status=302, headers={"Location": f"/{int(request.path[1:]) + 1}"})

    for number in range(5):
        site.handle(f"/{number}", hop)
    with pytest.raises(TooSlow):
        await get(site.url("/0"), deadline=0.35)


async def test_waiting_for_a_slot_does_not_use_up_the_deadline(site) -> None:
    async def slow(_):
        await asyncio.sleep(0.1)
        return web.Response(text="ok")

    url = site.handle("/feed", slow)
    downloader = Downloader(Fetching(deadline_seconds=0.35), per_host=1)
    answers = await asyncio.gather(*(got(downloader, url, allow=[site.place]) for _ in range(6)))
    await downloader.close()
    assert [response.status for response in answers] == [200] * 6


async def test_one_host_gets_two_requests_at_once_and_no_more(site, downloader) -> None:
    async def slow(_):
        await asyncio.sleep(0.01)
        return web.Response(text="ok")

    url = site.handle("/feed", slow)
    await asyncio.gather(*(got(downloader, url, allow=[site.place]) for _ in range(10)))
    assert (len(site.asked), site.most_open) == (10, 2)


# Redirects


async def test_a_permanent_move_is_followed_and_remembered(site, get) -> None:
    site.put("/new", "news")
    response = await get(site.put("/old", status=301, location="/new"))
    assert (response.body, response.url, response.moved_to) == (b"news", site.url("/new"), site.url("/new"))


async def test_a_temporary_move_is_followed_and_not_remembered(site, get) -> None:
    site.put("/new", "news")
    site.put("/between", status=308, location=site.url("/new"))
    response = await get(site.put("/old", status=302, location="/between"))
    assert (response.body, response.moved_to) == (b"news", None)


async def test_what_follows_a_temporary_move_is_not_remembered(site, get) -> None:
    site.put("/third", "news")
    site.put("/second", status=307, location="/third")
    response = await get(site.put("/first", status=301, location="/second"))
    assert response.moved_to == site.url("/second")


async def test_five_redirects_are_followed_and_a_sixth_is_not(site, get) -> None:
    for number in range(6):
        site.put(f"/{number}", status=302, location=f"/{number + 1}")
    site.put("/6", "news")
    assert (await get(site.url("/1"))).body == b"news"
    site.asked.clear()
    with pytest.raises(Refused, match="more than 5"):
        await get(site.url("/0"))
    assert len(site.asked) == 6


async def test_a_redirect_loop_ends(site, get) -> None:
    with pytest.raises(Refused):
        await get(site.put("/loop", status=302, location="/loop"))


async def test_a_redirect_without_a_place_to_go_is_refused(site, get) -> None:
    with pytest.raises(Refused, match="nowhere"):
        await get(site.put("/feed", status=302))


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:1/",
        "http://127.0.0.1/",
        "//127.0.0.1/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[64:ff9b::7f00:1]/",
        "http://2130706433/",
        "http://localhost/",
        "http://example.com:8080/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user:secret@127.0.0.1/",
        "http://[::1",
        "\\\\127.0.0.1\\",
    ],
)
async def test_every_hop_is_judged(site, get, dialled, location) -> None:
    with pytest.raises(BlockedAddress):
        await get(site.put("/feed", status=302, location=location))
    assert {address[1] for address in dialled} == {site.port}


async def test_a_login_goes_to_its_own_origin_only(site, get, make) -> None:
    other = make.web()
    await other.start()
    other.put("/there", "news")
    site.put("/here", status=302, location=other.url("/there"))
    site.put("/feed", status=302, location="/here")
    response = await get(site.url("/feed"), allow=[site.place, other.place], login=("desk", "secret"))
    await other.stop()
    sent = [request.headers.get("Authorization") for request in (*site.asked, *other.asked)]
    assert sent == ["Basic ZGVzazpzZWNyZXQ=", "Basic ZGVzazpzZWNyZXQ=", None]
    assert "secret" not in repr(response)


async def test_a_login_in_an_address_is_refused(site, get) -> None:
    with pytest.raises(BlockedAddress, match="user name") as caught:
        await get(f"http://desk:secret@{site.place}/feed")
    assert "secret" not in str(caught.value)


# Addresses


async def test_loopback_is_refused_unless_allowed(site, get, dialled) -> None:
    with pytest.raises(BlockedAddress, match="loopback"):
        await get(site.put("/feed"), allow=[])
    assert (site.asked, dialled) == ([], [])


@pytest.mark.parametrize(
    "records",
    [
        ["127.0.0.1"],
        ["93.184.215.14", "127.0.0.1"],
        ["93.184.215.14", "fd00::1"],
        ["::ffff:10.0.0.1"],
        ["64:ff9b::a00:1"],
    ],
)
async def test_a_name_is_refused_when_any_of_its_records_is_private(get, make, dialled, records) -> None:
    resolver = make.resolver(records)
    with pytest.raises(BlockedAddress, match=r"news\.example"):
        await get("http://news.example/feed", resolver=resolver)
    assert (resolver.asked, dialled) == (["news.example"], [])


async def test_a_name_is_resolved_once_and_the_judged_address_is_dialled(site, get, make, dialled) -> None:
    site.put("/feed", "news")
    place = f"news.example:{site.port}"
    resolver = make.resolver(["127.0.0.1"], ["10.0.0.1"])
    response = await get(site.url("/feed", "news.example"), resolver=resolver, allow=[place])
    assert (response.body, resolver.asked) == (b"news", ["news.example"])
    assert dialled == [("127.0.0.1", site.port)]


async def test_a_connection_to_an_allowed_place_serves_nobody_else(site, downloader) -> None:
    url = site.put("/feed", "news")
    await got(downloader, url, allow=[site.place])
    with pytest.raises(BlockedAddress):
        await got(downloader, url)
    assert len(site.asked) == 1


async def test_the_dial_itself_refuses_a_private_address(site) -> None:
    downloader = Downloader(Fetching())
    session = downloader._connections.session(frozenset())
    with pytest.raises(OSError, match="loopback"):
        await session.get(site.put("/feed"))
    await downloader.close()
    assert site.asked == []


async def test_proxies_of_the_environment_are_ignored(site, get, make, monkeypatch) -> None:
    trap = make.web()
    await trap.start()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, trap.url("/"))
    assert (await get(site.put("/feed", "news"))).body == b"news"
    await trap.stop()
    assert trap.asked == []


async def test_an_unknown_name_is_unreachable(get, make) -> None:
    with pytest.raises(Unreachable, match="name is not known"):
        await get("http://news.example/", resolver=make.resolver(socket.gaierror(-2, "Name or service not known")))


async def test_a_closed_port_is_unreachable(get) -> None:
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{held.getsockname()[1]}"
        with pytest.raises(Unreachable, match="no connection"):
            await get(f"http://{place}/", allow=[place])


async def test_a_server_without_proper_tls_is_not_trusted(site, get) -> None:
    with pytest.raises(Unreachable, match="no trusted connection"):
        await get(site.url("/feed").replace("http:", "https:"))


# Statuses


@pytest.mark.parametrize("status", [204, 206, 300, 400, 401, 403, 404, 451, 500, 503, 599])
async def test_every_other_status_is_refused_with_its_number(site, get, status) -> None:
    with pytest.raises(Refused, match=str(status)) as caught:
        await get(site.put("/feed", status=status))
    assert caught.value.lasting == (status not in {500, 503})


async def test_gone_is_an_error_of_its_own(site, get) -> None:
    with pytest.raises(Gone):
        await get(site.put("/feed", status=410))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("9" * 400, 999_999_999_999),
        ("Mon, 03 Nov 2025 12:10:00 GMT", 600),
        ("Mon, 03 Nov 2025 11:00:00 GMT", 0),
        ("Fri, 31 Dec 10000 00:00:00 GMT", None),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
async def test_retry_after_is_read_in_seconds_or_as_a_date(site, get, header, seconds) -> None:
    with pytest.raises(Refused) as caught:
        await get(site.put("/feed", status=429, retry_after=header))
    assert caught.value.retry_after == seconds
