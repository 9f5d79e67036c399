"""What must agree within [webhooks], [mail] and [wayback]: nothing leaves unprotected, and nobody is told twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from config.door import LOCAL
from config.faults import Fault, shown

if TYPE_CHECKING:
    from config.references import Entry


def faults(sections: Mapping[str, Entry]) -> Iterator[Fault]:
    """Every disagreement; a value of a wrong type is the schema's to name."""
    if hooks := sections.get("webhooks"):
        yield from _repeated(hooks, "targets")
        for place, target in enumerate(_tables(hooks, "targets")):
            url = target.get("url")
            if isinstance(url, str) and url.startswith("http://") and not target.get("allow"):
                yield hooks.fault(
                    f"targets[{place}].url", f"{shown(url)} is not https: whoever is on the way would read the alerts"
                )
    if wayback := sections.get("wayback"):
        url = wayback.values.get("address")
        if isinstance(url, str) and url.startswith("http://") and not wayback.values.get("allow"):
            yield wayback.fault("address", f"{shown(url)} is not https: whoever is on the way would read the keys")
    if mail := sections.get("mail"):
        yield from _repeated(mail, "lists")
        yield from _mail(mail)


def readers(sections: Mapping[str, Entry]) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The lists of [mail] with their places."""
    if mail := sections.get("mail"):
        yield from enumerate(_tables(mail, "lists"))


def _mail(mail: Entry) -> Iterator[Fault]:
    host, security = mail.values.get("host", ""), mail.values.get("security", "starttls")
    if not isinstance(host, str):
        return
    if security == "none" and host and host not in LOCAL:
        message = (
            f'is "none", and {shown(host)} is not this machine: the mails and the password would be read on the way'
        )
        yield mail.fault("security", message)
    if mail.values.get("lists") and not host:
        yield mail.fault("host", "is empty, and the lists get no mail: name the server that takes it")
    if host and not mail.values.get("sender"):
        yield mail.fault("sender", "is empty: name the address that the mails come from")


def _repeated(section: Entry, key: str) -> Iterator[Fault]:
    for name, times in Counter(table.get("id") for table in _tables(section, key)).items():
        if isinstance(name, str) and times > 1:
            yield section.fault(key, f"holds the id {shown(name)} {times} times: each needs its own")


def _tables(section: Entry, key: str) -> list[Mapping[str, object]]:
    given = section.values.get(key)
    return [table for table in given if isinstance(table, dict)] if isinstance(given, list) else []
