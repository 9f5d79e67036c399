"""The words that attribute a statement, by the complement they take; written by hand from general English."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, cast

from bot.statements.report import Act
from bot.statements.text.words import words

# How a cue takes its content:
#   clause     a clause, with or without "that"      that       a clause, only with "that" or a question word
#   addressee  somebody told first, then a clause     object     a noun phrase with what belongs to it
#   to         an infinitive                          quote      words in quotation marks only
#   about      a phrase after one of its prepositions
Frame = Literal["clause", "that", "addressee", "object", "to", "quote", "about"]
Form = Literal["base", "s", "past", "participle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A verb of saying: what it does, and what may follow it."""

    lemma: str
    act: Act
    frames: frozenset[Frame]
    prepositions: frozenset[str] = field(default_factory=frozenset)
    particle: str | None = None  # "point out": the word that must follow

    @property
    def only_negated(self) -> bool:
        """Whether it reports speech only where it is negated: "would not be drawn", "did not exclude"."""
        return self.lemma in {"exclude", "draw"} and self.particle is None


_IRREGULAR = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "writing", "written"),
    "swear": ("swears", "swore", "swearing", "sworn"),
    "make": ("makes", "made", "making"),
    "go": ("goes", "went", "going", "gone"),
    "speak": ("speaks", "spoke", "speaking", "spoken"),
    "begin": ("begins", "began", "beginning", "begun"),
    "hit": ("hits", "hit", "hitting"),
    "lay": ("lays", "laid", "laying"),
    "set": ("sets", "set", "setting"),
    "rebut": ("rebuts", "rebutted", "rebutting"),
    "refer": ("refers", "referred", "referring"),
    "admit": ("admits", "admitted", "admitting"),
    "commit": ("commits", "committed", "committing"),
    "concur": ("concurs", "concurred", "concurring"),
    "quip": ("quips", "quipped", "quipping"),
    "slam": ("slams", "slammed", "slamming"),
    "dub": ("dubs", "dubbed", "dubbing"),
    "plead": ("pleads", "pleaded", "pleading", "pled"),
    "sum": ("sums", "summed", "summing"),
    "foresee": ("foresees", "foresaw", "foreseeing", "foreseen"),
    "forecast": ("forecasts", "forecast", "forecasting"),
    "sing": ("sings", "sang", "singing", "sung"),
    "read": ("reads", "read", "reading"),
    "beg": ("begs", "begged", "begging"),
    "snap": ("snaps", "snapped", "snapping"),
    "signal": ("signals", "signaled", "signaling", "signalled", "signalling"),
    "stand": ("stands", "stood", "standing"),
    "stick": ("sticks", "stuck", "sticking"),
    "take": ("takes", "took", "taking"),
    "withdraw": ("withdraws", "withdrew", "withdrawing"),
    "drop": ("drops", "dropped", "dropping"),
    "put": ("puts", "put", "putting"),
    "leave": ("leaves", "left", "leaving"),
    "draw": ("draws", "drew", "drawing", "drawn"),
    "come": ("comes", "came", "coming"),
    "hold": ("holds", "held", "holding"),
    "find": ("finds", "found", "finding"),
    "give": ("gives", "gave", "giving", "given"),
    "scrap": ("scraps", "scrapped", "scrapping"),
    "shrug": ("shrugs", "shrugged", "shrugging"),
    "fret": ("frets", "fretted", "fretting"),
}

# Frames, act, and the verbs: "lemma", "lemma+particle", either with "/preposition,preposition".
_GROUPS: tuple[tuple[str, Act, str], ...] = (
    (
        "clause quote",
        "say",
        "say claim argue insist/on,upon maintain contend assert allege declare state note add suggest explain "
        "concede acknowledge admit/to boast/of,about complain/about,of joke/about quip estimate announce report "
        "predict hint/at confirm reveal disclose testify write tweet post recall attest affirm theorize theorise "
        "speculate/about,on conclude reckon remark observe proclaim opine reason retort recount surmise reaffirm "
        "reiterate repeat reply respond answer counter indicate warn/of,about,against caution/against,about,on",
    ),
    (
        "that quote",
        "say",
        "rule comment/on certify rejoin muse/about enthuse/about,over gush/about,over intimate imply",
    ),
    ("that quote", "say", "point+out go+on chime+in weigh+in"),
    ("that", "say", "make+clear make+plain make+known"),
    ("object", "reject", "turn+down"),
    ("about quote", "deny", "scoff/at push+back/on,against"),
    (
        "quote",
        "say",
        "begin continue shout yell scream whisper mutter exclaim chant sing joke intone deadpan cry sigh snap sneer "
        "laugh thunder fume rage vent shrug read elaborate/on conclude close open",
    ),
    (
        "that object quote",
        "say",
        "stress emphasize emphasise underline underscore highlight reiterate reaffirm repeat restate assert "
        "acknowledge explain announce confirm reveal disclose concede admit note mention cite outline clarify "
        "recount detail predict forecast foresee report tout signal voice express articulate relay recommend "
        "propose advocate suggest affirm relate communicate",
    ),
    ("object quote", "say", "lay+out set+out spell+out sum+up"),
    (
        "about quote",
        "say",
        "talk/about speak/about,of point/to refer/to allude/to touch/on apologize/for apologise/for",
    ),
    (
        "addressee quote",
        "say",
        "warn caution tell assure remind inform notify reassure brief/on,about lecture/on advise",
    ),
    ("clause to quote addressee", "offer", "promise pledge vow"),
    ("that to", "offer", "swear threaten/with undertake"),
    ("object to", "offer", "offer promise pledge guarantee propose"),
    ("to", "offer", "volunteer"),
    ("about", "offer", "commit/to"),
    ("addressee quote that", "ask", "ask/about,for query quiz/about,on"),
    ("that quote", "ask", "wonder/about inquire/about"),
    ("object quote that", "ask", "question"),
    ("object that to quote", "demand", "demand"),
    (
        "object that quote",
        "demand",
        "urge implore beg beseech exhort encourage entreat request order instruct challenge dare",
    ),
    ("about to", "demand", "call+for"),
    ("object", "demand", "call+on call+upon"),
    ("about to quote", "demand", "appeal/for,to plead/for,with push/for lobby/for,against"),
    ("object that quote", "reject", "reject protest/against"),
    ("object", "reject", "rule+out oppose rebuff veto spurn dismiss brush+off brush+aside play+down downplay"),
    ("about", "reject", "object/to balk/at"),
    ("object that", "accept", "accept"),
    ("to that", "accept", "agree/on,with"),
    ("object", "accept", "welcome back endorse echo"),
    ("that quote", "accept", "concur/with"),
    ("object that clause", "deny", "deny"),
    ("object that", "deny", "dispute"),
    ("object", "deny", "refute rebut disavow repudiate disclaim discount contradict"),
    (
        "object quote",
        "accuse",
        "accuse blame criticize criticise condemn denounce decry slam blast lambast lambaste castigate chide "
        "chastise berate deride mock ridicule scold assail bash fault rebuke slate excoriate admonish bemoan lament "
        "deplore vilify disparage taunt lampoon skewer belittle denigrate reprimand",
    ),
    ("that quote", "accuse", "lament charge gripe/about grumble/about fret/about"),
    (
        "about quote",
        "accuse",
        "rail/against,about,at inveigh/against lash+out hit+out speak+out hit+back/at fire+back/at",
    ),
    ("about", "deny", "disagree/with,on"),
    ("object", "praise", "praise hail laud applaud commend compliment thank congratulate salute extol"),
    ("about", "praise", "marvel/at"),
    (
        "object quote",
        "describe",
        "call label brand dub term/as characterize characterise portray depict liken compare describe/as deem",
    ),
)
# Everyday verbs that report speech only beside what `objects` asks for: "stood by his claim", "put the toll at 12".
_NARROW_GROUPS: tuple[tuple[str, Act, str], ...] = (
    ("that", "say", "hold find decide resolve"),
    ("object", "say", "stand+by double+down/on stick+to renew defend float put"),
    ("object", "deny", "back+off back+away/from walk+back row+back/on take+back retract withdraw drop abandon soften"),
    ("object", "deny", "back+down/from,on reverse shelve scrap ditch renounce give+up/on"),
    ("about", "deny", "retreat/from backtrack/on renege/on"),
    ("that object", "say", "leave+open"),
    ("to", "reject", "refuse decline"),
    ("about", "no_comment", "draw/on,about"),
    ("object", "reject", "exclude"),
    ("about", "deny", "come+out/against"),
    ("object", "accept", "support favor favour"),
)


def _collect(groups: tuple[tuple[str, Act, str], ...]) -> dict[str, tuple[tuple[Cue, Form], ...]]:
    """Every form of every cue, with the cues it may be."""
    acts: dict[tuple[str, str | None], Act] = {}
    frames: dict[tuple[str, str | None], set[Frame]] = {}
    prepositions: dict[tuple[str, str | None], set[str]] = {}
    for taken, act, listed in groups:
        for entry in listed.split():
            whole, _, after = entry.partition("/")
            lemma, _, particle = whole.partition("+")
            key: tuple[str, str | None] = (lemma, particle or None)
            acts.setdefault(key, act)
            frames.setdefault(key, set()).update(cast("list[Frame]", taken.split()))
            prepositions.setdefault(key, set()).update(filter(None, after.split(",")))
    forms: dict[str, list[tuple[Cue, Form]]] = {}
    for key, act in acts.items():
        lemma, particle_ = key
        cue = Cue(
            lemma=lemma,
            act=act,
            frames=frozenset(frames[key]),
            prepositions=frozenset(prepositions[key]),
            particle=particle_,
        )
        for word, form in _inflect(lemma):
            forms.setdefault(word, []).append((cue, form))
    # The longer cue first: "call for" before "call".
    return {word: tuple(sorted(of, key=lambda pair: pair[0].particle is None)) for word, of in forms.items()}


def _inflect(lemma: str) -> list[tuple[str, Form]]:
    """All forms of a verb."""
    if lemma in _IRREGULAR:
        s, past, participle, *more = _IRREGULAR[lemma]
        forms: list[tuple[str, Form]] = [(lemma, "base"), (s, "s"), (past, "past"), (participle, "participle")]
        if past == lemma and lemma != "read":
            forms = forms[1:]  # "put", "hit": the past stands for both
        return forms + [(word, "past") for word in more]
    if lemma.endswith("e"):
        return [(lemma, "base"), (f"{lemma}s", "s"), (f"{lemma}d", "past"), (f"{lemma[:-1]}ing", "participle")]
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return [(lemma, "base"), (f"{lemma[:-1]}ies", "s"), (f"{lemma[:-1]}ied", "past"), (f"{lemma}ing", "participle")]
    s = f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else f"{lemma}s"
    return [(lemma, "base"), (s, "s"), (f"{lemma}ed", "past"), (f"{lemma}ing", "participle")]


FORMS = _collect(_GROUPS)
_NARROW = _collect(_NARROW_GROUPS)
# What a verb of a sentence may be, the cues that need more beside them first.
CUES = {word: _NARROW.get(word, ()) + FORMS.get(word, ()) for word in (*FORMS, *_NARROW)}

# These are verbs only behind "has" or "had".
ONLY_PARTICIPLES = words("written sworn spoken gone begun drawn sung foreseen")

# Forms that are nouns as often: they need a subject beside them.
ALSO_NOUNS = words(
    "claim claims demand demands report reports call calls comment comments promise promises "
    "pledge pledges note notes "
    "charge charges state states question questions answer answers estimate estimates vow vows threat offer offers "
    "request requests support attack attacks blame challenge challenges warning hint hints "
    "remark remarks boast boasts "
    "joke joke order orders appeal appeals reply replies response stress signal signals tweet "
    "tweets address addresses "
    "praise fault faults label labels brand brands term terms back command commands protest protests counter veto "
    "cry dispute disputes second predict knock speaks favor favour detail details voice voices propose push "
    "forecast forecasts advocate advocates welcome reason reasons direct read close open express complaint slate pan "
    "guarantee guarantees brief briefs post posts object objects discount discounts lecture lectures chant chants "
    "compliment compliments query queries rule rules row rows cries"
)
# May stand before its subject: "…, said X".
INVERTED = words(
    "said says added adds wrote writes asked asks replied replies explained explains noted argued insisted recalled "
    "declared warned continued concluded remarked observed claimed announced quipped joked tweeted responded told "
    "according acknowledged admitted complained countered shouted exclaimed reported stated "
    "argues warns notes explains"
)

_NOUN_ACTS: tuple[tuple[Act, str], ...] = (
    (
        "say",
        "claim claims assertion assertions statement suggestion suggestions argument contention insistence warning "
        "warnings remark remarks comment comments admission declaration announcement assurance assurances prediction "
        "predictions conclusion acknowledgment acknowledgement revelation belief view message stance observation "
        "testimony",
    ),
    ("accuse", "allegation allegations accusation accusations complaint complaints charge charges"),
    ("offer", "promise promises pledge pledges vow vows offer offers threat commitment proposal proposals"),
    ("demand", "demand demands call calls appeal request plea recommendation"),
    ("deny", "denial denials"),
    ("reject", "refusal rejection"),
)
NOUNS: dict[str, Act] = {noun: act for act, listed in _NOUN_ACTS for noun in listed.split()}

# Verbs that carry another: "declined to say", "continued to insist".
REFUSING = words("decline declines declined declining refuse refuses refused refusing fail fails failed failing")
CARRYING = words(
    "appear appears appeared seem seems seemed continue continues continued go goes went began begin begins "
    "sought used tried"
)
