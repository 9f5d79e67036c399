"""The gate refuses everything but the open Internet, however it is written."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from watchers.address import allowance, judge, judge_ip, shown
from watchers.errors import BlockedAddress

HOSTS = (
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0",
    "localhost",
    "localhost.",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[fe80::1]",
    "[fd00::1]",
    "169.254.169.254",
    "100.64.0.1",
    "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "①②⑦.⓪.⓪.①",
    "%31%32%37.0.0.1",
    "127.0.0.1:6379",
)
SPELLINGS = (
    *(f"http://{host}/" for host in HOSTS),
    "http://127.0.0.1\\@example.com/",
    "http://example.com@127.0.0.1/",
    "http://127.0.0.1#@example.com/",
    "http://127.0.0.1%2f@example.com/",
    "file:///etc/passwd",
    "ftp://example.com/",
    "gopher://example.com/",
    "javascript:alert(1)",
    "http:///feed",
    "http://[::1",
    "//127.0.0.1",
)
MORE = (
    "",
    "http://",
    "http://exa mple.com/",
    "http://example.com\n/",
    "http://example.com\x00/",
    "http://[fe80::1%25eth0]/",
    "http://[2001::1]/",
    "http://[::]/",
    "http://[::8.8.8.8]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[ff02::1]/",
    "http://[fec0::1]/",
    "http://192.88.99.1/",
    "http://192.0.0.8/",
    "http://0x7f.1/",
    "http://127.0.0.1./",
    "http://1.2.3.4.5/",
    "http://example.1/",
    "http://printer/",
    "http://app.localhost/",
    "http://example.com:22/",
    "http://example.com:0/",
    "http://example.com:99999/",
    "http://-example.com/",
    "http://a_b|c.example.com/",
    "https://user:secret@example.com/",
    "http://example.com/" + "a" * 9000,
    "http://example.com/\ud800",
    "http://example.com／@127.0.0.1/",
    "http://127。0。0。1/",
)


def test_the_table_holds_the_38_spellings() -> None:
    assert len(SPELLINGS) == 38


@pytest.mark.parametrize("url", SPELLINGS)
def test_every_spelling_of_a_private_place_is_refused(url: str) -> None:
    with pytest.raises(BlockedAddress):
        judge(url)


@pytest.mark.parametrize("url", MORE)
def test_whatever_is_not_a_plain_public_address_is_refused(url: str) -> None:
    with pytest.raises(BlockedAddress):
        judge(url)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://example.com", "example.com:80"),
        ("HTTPS://Example.COM/feed?a=b#c", "example.com:443"),
        ("https://example.com:80/", "example.com:80"),
        ("https://bücher.example/", "xn--bcher-kva.example:443"),
        ("http://8.8.8.8/", "8.8.8.8:80"),
        ("https://[2606:4700::1111]/", "[2606:4700::1111]:443"),
        ("https://a_b.example.com./", "a_b.example.com:443"),
    ],
)
def test_public_addresses_pass_with_host_and_port_in_one_spelling(url: str, place: str) -> None:
    assert judge(url).place == place


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("10.1.2.3:443", "https://10.1.2.3/feed"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
        ("[::1]:8080", "http://[0:0:0:0:0:0:0:1]:8080/"),
        ("intranet:8080", "http://INTRANET:8080/"),
    ],
)
def test_an_allowed_place_passes(item: str, url: str) -> None:
    assert judge(url, allowance([item])).url


@pytest.mark.parametrize(
    ("url", "todo"),
    [
        ("https://10.1.2.3/feed", "under allow in feeds.toml"),
        ("https://paper.example:8443/feed", "under allow in feeds.toml"),
        ("https://desk:s3cret@paper.example/feed", "login = "),
        ("ftp://paper.example/feed", "https://outlet.example/feed"),
        ("paper.example/feed", "https://outlet.example/feed"),
        ("https://paper.example/a b", "https://outlet.example/feed"),
    ],
)
def test_what_to_do_fits_what_is_wrong_with_an_address(url: str, todo: str) -> None:
    with pytest.raises(BlockedAddress) as caught:
        judge(url)
    assert todo in caught.value.advice
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("url", ["https://10.1.2.3:8443/", "https://10.1.2.4/", "http://10.1.2.3/"])
def test_an_allowance_is_for_that_host_and_port_alone(url: str) -> None:
    with pytest.raises(BlockedAddress):
        judge(url, allowance(["10.1.2.3:443"]))


@pytest.mark.parametrize("item", ["10.1.2.3", ":80", "", "::1", "::1:80", "host:port"])
def test_an_allowance_that_is_not_host_and_port_is_named(item: str) -> None:
    with pytest.raises(BlockedAddress, match="host:port"):
        allowance([item])


def test_a_login_is_taken_out_of_every_text() -> None:
    assert shown("https://desk:secret@example.com/feed") == "https://example.com/feed"


def test_a_url_in_a_message_is_one_bounded_line() -> None:
    text = shown("http://example.com/\r\nX: y\x00" + "a" * 1000)
    assert (len(text), "\n" in text, "\x00" in text) == (300, False, False)


@given(st.ip_addresses(v=4))
def test_what_passes_is_global_unicast_in_version_4(ip: IPv4Address) -> None:
    if judge_ip(str(ip)) is None:
        assert ip.is_global
        assert not any((ip.is_multicast, ip.is_private, ip.is_reserved, ip.is_loopback, ip.is_link_local))


@given(st.ip_addresses(v=6))
def test_what_passes_is_global_unicast_in_version_6(ip: IPv6Address) -> None:
    if judge_ip(str(ip)) is None:
        assert ip.is_global
        assert ip.ipv4_mapped is ip.sixtofour is ip.teredo is None


@given(st.ip_addresses(v=4))
def test_no_version_4_address_passes_in_the_dress_of_version_6(ip: IPv4Address) -> None:
    dresses = (f"::ffff:{ip}", f"::{ip}", f"64:ff9b::{ip}", f"2002:{int(ip) >> 16:x}:{int(ip) & 0xFFFF:x}::1")
    assert all(judge_ip(dress) for dress in dresses)


@given(st.text())
def test_any_text_is_judged_or_refused_and_nothing_else_happens(text: str) -> None:
    for url in (text, f"http://{text}/", f"https://example.com/{text}"):
        try:
            target = judge(url)
        except BlockedAddress:
            continue
        assert target.host.isascii()


@given(st.text(alphabet="ab1.0:@/\\?#[]%2fx-_ 。①é\u00ad", max_size=40))
def test_whoever_reads_an_address_that_passed_finds_the_same_host_in_it(text: str) -> None:
    for url in (f"http://{text}", f"https://{text}.com/", f"http://a.com{text}"):
        try:
            target = judge(url)
        except BlockedAddress:
            continue
        assert URL(target.url).raw_host == urlsplit(target.url).hostname == target.host
        assert judge(target.url) == target
