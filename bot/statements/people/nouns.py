"""The words by which English news names people and bodies without their names: titles, descriptions, institutions."""

from __future__ import annotations

import re

from bot.statements.text.words import words

# Callings that no state gives.
CALLINGS = words(
    "singer actor actress rapper musician composer comedian filmmaker novelist poet playwright presenter striker "
    "midfielder defender goalkeeper swimmer sprinter cyclist golfer boxer nurse surgeon paramedic firefighter pastor "
    "architect entrepreneur investor psychologist psychiatrist biologist virologist epidemiologist meteorologist "
    "seismologist climatologist astronomer physicist chemist geologist ecologist sociologist anthropologist"
)
# Heads of a title, singular: what somebody is.
ROLES = (
    words(
        "president premier chancellor minister secretary spokesman spokeswoman spokesperson senator congressman "
        "congresswoman representative governor mayor ambassador envoy chief leader director head chair chairman "
        "chairwoman chairperson general admiral colonel commander commissioner king queen prince princess pope "
        "cardinal archbishop bishop patriarch adviser advisor aide deputy speaker whip lawmaker legislator "
        "parliamentarian mp mep judge justice prosecutor attorney counsel diplomat negotiator official officer "
        "politician candidate nominee billionaire tycoon analyst expert professor scientist researcher economist "
        "historian lawyer activist founder ceo executive owner boss coach player resident critic veteran pm fm "
        "czar "
        "tsar sheikh sheikha emir sultan ayatollah sergeant captain lieutenant major marshal regent vice-president "
        "undersecretary representative rapporteur coordinator strategist organiser organizer author journalist "
        "columnist editor engineer doctor physician teacher student survivor witness farmer worker gen sen rep "
        "gov "
        "lt col maj capt amb adm brig cmdr cpl hon rev engr dr prof sir vp chairperson "
        "first-lady rabbi imam constable reverend physician "
        "inspector superintendent treasurer auditor ombudsman manager dean magistrate sheriff chancellor"
    )
    | CALLINGS
)
# Titles that say what somebody may be called, not what he does.
RANKS = words(
    "amb adm brig cmdr cpl hon rev engr general gen admiral colonel col captain capt major maj commander lieutenant "
    "lt sergeant sgt brigadier marshal dr doctor prof professor sir dame lord lady mr mrs ms miss"
)
# What party somebody is of, or none: a role where nothing else is said of a person.
AFFILIATIONS = words(
    "independent democrat republican conservative liberal socialist centrist communist nationalist libertarian "
    "unionist separatist"
)
# Words that stand before the head in a title written with capitals.
ROLE_MODIFIERS = AFFILIATIONS | words(
    "prime foreign deputy vice first second third acting interim former ex-president ex-prime ex defence "
    "defense interior "
    "finance economy trade energy justice health education home state press senior chief special permanent "
    "presidential national security affairs assistant under associate executive managing federal high top "
    "supreme lead principal military armed retired lieutenant major brigadier treasury agriculture culture "
    "transport labour labor environment commerce homeland us u.s uk u.k eu e.u un u.n nato republican "
    "democratic "
    "democrat conservative opposition house senate white kremlin external european international and of the "
    "for "
    "district regional military-civil parliament parliamentary cabinet right honourable exiled outgoing "
    "incoming "
    "then then-president president-elect co shadow staff services war mr mrs ms miss dr sir lord"
)
HONORIFICS = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "lord": "m", "lady": "f", "dame": "f"}
GENDERED = {
    "spokesman": "m",
    "spokeswoman": "f",
    "chairman": "m",
    "chairwoman": "f",
    "congressman": "m",
    "congresswoman": "f",
    "king": "m",
    "queen": "f",
    "prince": "m",
    "princess": "f",
    "pope": "m",
    "businessman": "m",
    "businesswoman": "f",
    "patriarch": "m",
    "archbishop": "m",
    "cardinal": "m",
    "sheikh": "m",
    "sheikha": "f",
}
# A capitalised phrase with one of these is a body, a place or a thing, never a person.
BODIES = words(
    "ministry department council union party university college agency court office house street committee "
    "commission parliament congress senate duma assembly government administration organisation organization "
    "alliance bank fund group company corporation corp inc ltd institute center centre foundation federation "
    "association society church army navy force forces staff board bureau service services police embassy "
    "delegation mission coalition bloc authority authorities kremlin pentagon palace news times post journal "
    "tribune herald telegraph guardian reuters press agency channel radio television tv network media social "
    "telegram twitter facebook truth magazine daily summit treaty charter act agreement war day week month "
    "year "
    "states kingdom republic east west north south sea ocean river island islands city region oblast airport "
    "square hall road base zone strip bridge guard corps brigade regiment fox bbc cnn cbs nbc abc ap afp "
    "tass "
    "rt dw ria novosti interfax xinhua google meta microsoft tesla series cup league club front movement "
    "brotherhood "
    "world global general's constitution amendment resolution protocol accords accord ceasefire peace "
    "forum ltd plc llc airways holdings museum museums academy academies "
    "confederation consortium secretariat directorate communities "
    "security-council airlines jewish muslim orthodox catholic islamic evangelical"
)
# The names of firms end in these, those of people never.
FIRMS = words(
    "motors energy technologies systems software pharmaceuticals pharma electronics insurance capital holdings "
    "investments ventures industries enterprises logistics shipping railways studios pictures entertainment petroleum "
    "resources mining foods brands stores hotels resorts laboratories solutions dynamics aerospace automotive "
    "therapeutics sciences networks communications telecom utilities securities hospital school academy clinic"
)
BODY_NOUNS = BODIES | words(
    "ministry presidency regime junta militia command officials leadership side camp team campaign allies "
    "union "
    "watchdog regulator faction statement report ruling newspaper broadcaster outlet website institution "
    "school "
    "hospital firm think-tank nations countries states leaders lawmakers sources people researchers "
    "scientists "
    "analysts experts critics prosecutors judges residents parties ministers ambassadors diplomats envoys "
    "media"
)
# What a definite description may stand for, beside the exact title: any of these words in the person's role.
DESCRIBES: dict[str, frozenset[str]] = {
    "diplomat": words("foreign ambassador envoy diplomat secretary spokesperson representative negotiator"),
    "politician": words(
        "president prime chancellor minister mayor senator leader representative governor chair mp mep"
    ),
    "leader": words("president prime chancellor leader king head chair chief"),
    "chief": words("head director chief secretary chair president commissioner representative"),
    "head": words("head director chief secretary chair president"),
    "lawmaker": words("senator representative mp mep member deputy speaker legislator congress parliament duma chair"),
    "legislator": words("senator representative mp mep member deputy speaker lawmaker parliament duma"),
    "senator": words("senator speaker federation"),
    "official": words("minister secretary director deputy head adviser aide chief official spokesperson"),
    "minister": words("minister foreign prime"),
    "secretary": words("secretary"),
    "envoy": words("envoy ambassador representative"),
    "ambassador": words("ambassador representative"),
    "general": words("general commander chief"),
    "commander": words("general commander chief admiral"),
    "adviser": words("adviser advisor aide"),
    "aide": words("adviser advisor aide"),
    "premier": words("prime"),
    "president": words("president"),
    "chancellor": words("chancellor"),
    "spokesperson": words("spokesperson press"),
    "mayor": words("mayor"),
    "governor": words("governor"),
    "pontiff": words("pope church"),
    "billionaire": words("president billionaire founder tycoon"),
    "tycoon": words("president billionaire founder tycoon"),
    "republican": words("republican president senator representative"),
    "democrat": words("democrat democratic senator representative"),
}
# Capitalised at the start of a sentence, or a date: never part of a name.
NOT_NAMES = words(
    "a an the this that these those he she it they we you i his her its their our my your who what when "
    "where why "
    "how which while as at by for from in into of off on onto over under to with within without after before "
    "since until during between among amid against about above across along around and but or nor yet so if "
    "unless because although though however meanwhile moreover also even still just only both either neither "
    "then there here now today yesterday tomorrow earlier later last next another other some any all many "
    "most "
    "several few each every no not yes well ask asked thank speaking responding following according monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december jan feb mar apr jun jul aug sept sep oct nov dec is are was were be been has "
    "have "
    "had do does did can could will would should may might must let read watch see photo image file despite "
    "instead like unlike per via versus vs echoing citing quoting noting adding saying applauding addressing "
    "once one two three four five six seven eight nine ten such rather perhaps indeed thus therefore "
    "nevertheless "
    "nonetheless besides additionally furthermore likewise similarly finally first second third lately "
    "recently"
)
UNOFFICIAL = (
    words(
        "analyst expert professor scientist researcher economist historian lawyer activist founder coach player "
        "resident critic "
        "veteran strategist author journalist columnist editor engineer doctor physician teacher student "
        "survivor witness farmer "
        "worker fellow former ex exiled opposition blogger singer actor writer candidate"
    )
    | CALLINGS
)
# What an official does not also do: a person of an official's name who does is somebody else.
NAMESAKES = words(
    "coach player farmer student teacher actor actress singer doctor physician worker resident survivor "
    "witness victim "
    "footballer striker goalkeeper driver pilot nurse fisherman plumber"
)
KIN = words(
    "wife husband son daughter brother sister father mother son-in-law daughter-in-law brother-in-law sister-in-law "
    "father-in-law mother-in-law uncle aunt nephew niece cousin grandson granddaughter grandfather grandmother spouse "
    "ex-wife ex-husband widow widower"
)
PLURALS = words(
    "leaders officials ministers countries nations allies lawmakers sources states governments authorities "
    "ambassadors diplomats experts analysts parties critics people residents members spokespeople envoys "
    "senators"
)
PERSON_NOUN = re.compile(
    r"\b(?:" + "|".join(sorted(ROLES)) + r"|source|person|man|woman|insider|attendee|counterpart|colleague)\b",
    re.IGNORECASE,
)


def singular_role(word: str) -> str:
    """The word of a role in the spelling that `DESCRIBES` uses."""
    word = word.casefold().rstrip(".")
    if word in ("spokesman", "spokeswoman"):
        return "spokesperson"
    return "adviser" if word == "advisor" else word
