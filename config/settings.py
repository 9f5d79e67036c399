"""The settings of the service: everything in onrecord.toml, frozen and checked at birth."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.values import ConflictKind, DailyHour, Identifier, Strength, Value


class Polling(Value):
    """How feeds are polled."""

    every_minutes: Annotated[float, Field(gt=0, le=1440)] = 5
    fastest_minutes: Annotated[float, Field(ge=0, le=1440)] = 0  # of a feed that brings news; 0: every_minutes
    slowest_minutes: Annotated[float, Field(ge=0, le=1440)] = 0  # of one that does not; 0: every_minutes
    jitter_seconds: Annotated[float, Field(ge=0, le=3600)] = 20
    first_poll: Literal["silent", "alert"] = "silent"  # silent: fill the ledger, post nothing
    newest_entries: Annotated[int, Field(ge=1, le=10_000)] = 500
    reread_days: Annotated[float, Field(ge=0, le=365)] = 3  # after publication; 0: an article is never read again
    reread_minutes: Annotated[float, Field(ge=0, le=10_080)] = (
        15  # least time between two readings; grows by half each time
    )
    reread_most: Annotated[int, Field(ge=0, le=1000)] = 12  # times that one article is read again
    contact: str = ""  # an address or URL for site owners, sent in the User-Agent


class Fetching(Value):
    """Bounds of one download."""

    deadline_seconds: Annotated[float, Field(gt=0, le=300)] = 30
    max_bytes: Annotated[int, Field(ge=1024)] = 10 * 1024 * 1024
    parse_seconds: Annotated[float, Field(gt=0, le=120)] = 8
    robots: Literal["respected", "ignored"] = "respected"  # what a site's robots.txt says of its pages


class LedgerSettings(Value):
    """Where the record is kept. The environment's ONRECORD_DATABASE_URL wins."""

    path: str = "onrecord.db"


class SlackSettings(Value):
    """How Slack is reached. Tokens come from the environment only."""

    mode: Literal["socket", "http"] = "socket"
    base_url: str = "https://slack.com/api/"
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 3000
    # Behind a door (docs/workspaces.md): the workspace, and the folder in which the door keeps its bot token.
    team: Annotated[str, Field(pattern=r"^(T[A-Z0-9]{1,30})?$")] = ""
    installations: str = "installations"
    settling_seconds: Annotated[float, Field(gt=0)] = 60  # must exceed the client deadline of 10 s; see RELIABILITY
    operator_channel: str = ""


SlackPeople = Annotated[str, Field(pattern=r"^[UWS][A-Z0-9]+$")]  # a person (U…, W…) or a user group (S…)


class Roles(Value):
    """Who may do what from Slack, by the ids of people and user groups. Guests and other workspaces may do nothing.

    Checkers decide on alerts, editors change what is on record and what a channel gets; admins may do all of it, and
    nothing asks for more yet. An empty list: everybody who has the role before it; for admins the workspace's own
    owners and admins.
    """

    checkers: tuple[SlackPeople, ...] = ()
    editors: tuple[SlackPeople, ...] = ()
    admins: tuple[SlackPeople, ...] = ()


class Alerting(Value):
    """What is worth a message."""

    join_days: Annotated[int, Field(ge=1, le=365)] = 30  # later evidence within so many days joins the same card
    look_back_days: Annotated[int, Field(ge=1, le=36500)] = 730  # how old an earlier position may be
    minimum_score: Annotated[float, Field(ge=0, le=1)] = 0.6
    high_score: Annotated[float, Field(ge=0, le=1)] = 0.8


class Feedback(Value):
    """How the desk's own verdicts move the score from which a kind of conflict is posted."""

    enabled: bool = True
    lowest_score: Annotated[float, Field(ge=0, le=1)] = 0.5  # no threshold goes below, nor below minimum_score if lower
    fewest_verdicts: Annotated[int, Field(ge=20, le=10_000)] = 20  # on a kind, before its threshold moves
    count_days: Annotated[int, Field(ge=1, le=3650)] = 365  # older verdicts do not count


class Judging(Value):
    """A second opinion on pairs that the rules have linked; docs/judges.md says what each may decide.

    A language model's key comes from the environment only (ONRECORD_LLM_API_KEY).
    """

    use: Literal["rules", "built_in", "nli", "llm", "plugin"] = "built_in"
    plugin: str = ""  # "package.module:function"
    directory: str = ""  # of a model: needed for "nli"; for "built_in" other weights than the package's own
    endpoint: str = ""  # of an OpenAI-compatible server, up to and with its version: "http://127.0.0.1:8080/v1"
    model: str = ""  # as the server knows it
    reads: bool = False  # the language model also reads what the rules could not tell
    fallback: Literal["rules", "built_in", "nli"] = "built_in"  # who decides where the language model does not
    seconds: Annotated[float, Field(gt=0, le=120)] = 20  # for one question
    calls_an_hour: Annotated[int, Field(ge=1, le=1_000_000)] = 300
    tokens_a_day: Annotated[int, Field(ge=1, le=10_000_000_000)] = 1_000_000


class Health(Value):
    """Where the service tells how it is, and when it gives itself up for deaf."""

    port: Annotated[int, Field(ge=0, le=65535)] = 0  # 0: nowhere
    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    late_minutes: Annotated[float, Field(gt=0, le=1440)] = 10  # a message may wait so long before we are not ready
    deaf_seconds: Annotated[float, Field(ge=0, le=86_400)] = 300  # hearing nothing for so long, it exits; 0: never
    canary_hours: Annotated[float, Field(ge=0, le=168)] = 24  # between two planted conflicts; 0: none


class Logging(Value):
    """How log lines are written."""

    format: Literal["text", "json"] = "text"  # json: one object a line


class Retention(Value):
    """How long the texts of articles are kept. Quotations, hashes and what stood around a quotation always stay."""

    days: Annotated[int, Field(ge=0, le=36_500)] = 0  # after an article was read; 0: for ever


class Proving(Value):
    """What a proof file carries of each text beside its hashes: what stands around a quotation, or all of it."""

    texts: Literal["excerpts", "whole"] = "excerpts"


Enterprise = Annotated[str, Field(pattern=r"^E[A-Z0-9]{1,30}$")]  # an organisation of several workspaces


class Behind(Value):
    """A workspace that may install the app, and where its own process listens; empty: it has none yet."""

    team: Annotated[str, Field(pattern=r"^T[A-Z0-9]{1,30}$")]
    process: str = ""


class DoorSettings(Value):
    """The one public address of an app that several workspaces have; docs/workspaces.md."""

    address: str = ""  # as browsers and Slack reach it; empty: there is no door
    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 3100
    enterprises: tuple[Enterprise, ...] = ()  # all their workspaces may install
    workspaces: tuple[Behind, ...] = ()


class Webhook(Value):
    """A place that hears of alerts and decisions by a signed POST; docs/outward.md."""

    id: Identifier
    url: Annotated[str, Field(pattern=r"^https?://", max_length=2000)]
    secret: Annotated[
        str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=80)
    ]  # variable: what the posts are signed with
    events: Annotated[tuple[Literal["alert", "decision"], ...], Field(min_length=1)] = ("alert", "decision")
    allow: tuple[str, ...] = ()  # "host:port" in private address space that it may be at


class Webhooks(Value):
    """Who else is told, at once."""

    targets: tuple[Webhook, ...] = ()


Address = Annotated[str, Field(pattern=r"^[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+$", max_length=254)]


class Readers(Value):
    """People who get the day's alerts in one mail; an empty list of what is routed to them means: all."""

    id: Identifier
    to: Annotated[tuple[Address, ...], Field(min_length=1, max_length=100)]
    at: Annotated[DailyHour, Field(min_length=1)] = "07:00 UTC"
    topics: tuple[Identifier, ...] = ()
    sides: tuple[Identifier, ...] = ()
    officials: tuple[Identifier, ...] = ()
    kinds: tuple[ConflictKind, ...] = ("reversal", "same_side", "denied_claim", "disputed")
    minimum: Strength = "medium"


class Mail(Value):
    """The server that takes mails, and who gets them. The password comes from the environment alone."""

    host: str = ""  # empty: no mail is sent
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"  # none: only on this machine
    user: str = ""  # empty: without a login
    sender: Address | Literal[""] = ""
    lists: tuple[Readers, ...] = ()


class Wayback(Value):
    """Whether the Internet Archive is asked to keep the pages behind posted alerts, too; docs/outward.md.

    Its keys come from the environment alone.
    """

    enabled: bool = False
    address: Annotated[str, Field(pattern=r"^https?://[^/\s?#]+$", max_length=300)] = "https://web.archive.org"
    allow: tuple[str, ...] = ()  # "host:port" in private address space that it may be at
    a_day: Annotated[int, Field(ge=1, le=5000)] = 100  # pages that it is asked for
    at_once: Annotated[int, Field(ge=1, le=6)] = 2  # that it may be busy with; it grants six to one account
    again_days: Annotated[int, Field(ge=7, le=3650)] = 30  # for which no page is asked for twice


class WebSettings(Value):
    """The record in a browser; docs/pages.md. Whoever may read it beyond this machine has to sign in."""

    enabled: bool = False
    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 3200  # 0: any free one
    address: str = ""  # as browsers reach it; cards link to it. Empty: cards have no links to pages
    sign_in: bool = False  # with Slack; without it whoever is on this machine may read everything
    calls_a_minute: Annotated[int, Field(ge=1, le=100_000)] = 120  # that the API answers of one token or person


class Settings(Value):
    """Everything in onrecord.toml."""

    polling: Polling = Polling()
    fetching: Fetching = Fetching()
    ledger: LedgerSettings = LedgerSettings()
    slack: SlackSettings = SlackSettings()
    roles: Roles = Roles()
    alerts: Alerting = Alerting()
    feedback: Feedback = Feedback()
    judge: Judging = Judging()
    health: Health = Health()
    log: Logging = Logging()
    door: DoorSettings = DoorSettings()
    retention: Retention = Retention()
    web: WebSettings = WebSettings()
    proof: Proving = Proving()
    webhooks: Webhooks = Webhooks()
    mail: Mail = Mail()
    wayback: Wayback = Wayback()
