"""Closed classes of English words that the reading of sentences leans on, written by hand."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(listed.split())


SUBJECT_PRONOUNS = words("i he she they we it you who this these those that there everyone nobody someone anyone")
PERSON_PRONOUNS = words("i he she they we you it who")
OBJECT_PRONOUNS = words("me him her them us you it himself herself themselves itself myself ourselves")
POSSESSIVES = words("his her their its my our your whose")
DETERMINERS = words(
    "the a an this these those some any no every each several many most few all both another other either neither "
    "his her their its my our your one two three four five six seven eight nine ten dozens hundreds thousands such "
    "more certain various numerous"
)
HAVE = words("has have had having 've hasn't haven't hadn't")
BE = words("is are was were be been being am isn't aren't wasn't weren't 's 're")
DO = words("do does did don't doesn't didn't")
MODALS = words(
    "will would can could may might shall should must ought won't wouldn't can't cannot couldn't mightn't shouldn't "
    "mustn't"
)
AUXILIARIES = HAVE | BE | DO | MODALS
NEGATORS = words(
    "not never no neither nor don't doesn't didn't hasn't haven't hadn't won't wouldn't can't cannot couldn't isn't "
    "aren't wasn't weren't shouldn't without"
)
ADVERBS = words(
    "also then now later earlier again once too still even just only already instead however meanwhile nevertheless "
    "nonetheless therefore thus often always never soon ever yet both all first further moreover furthermore "
    "separately afterwards afterward long twice simply rather not either neither thereby likewise otherwise "
    "subsequently sometimes"
)
NOT_ADVERBS = words(
    "family ally july italy assembly supply reply apply rally only early italy belly bully fly "
    "monopoly elderly friendly daily weekly monthly emily sally kelly molly billy lily holy ugly"
)
SUBORDINATORS = words(
    "that while as because after before when whenever if although though since unless until whereas whether than "
    "where why how what which"
)
COORDINATORS = words("and but or nor yet so plus")
PREPOSITIONS = words(
    "in on at during after before from to of about with by for against amid among under over through throughout via "
    "despite without within into onto upon between toward towards near inside outside behind beyond since until "
    "following regarding concerning including per like unlike alongside across around above below off out up"
)
WH_WORDS = words("what why how who whom whose whether if when where which")
DAYS = words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec."
)
TIME_WORDS = DAYS | words("today yesterday tonight tomorrow")
TIME_UNITS = words(
    "week month year night day morning afternoon evening weekend spring summer autumn fall winter decade hour hours "
    "days weeks months years"
)
TIME_LEADS = words("last this next late early earlier later that")

# Finite verbs that carry no speech but end a noun phrase, or begin one's predicate.
COMMON_VERBS = words(
    "went goes made makes took takes got gets came comes gave gives became becomes began begins brought brings "
    "built kept keeps knew knows led leads left leaves lost loses met meets paid pays put puts ran runs saw sees "
    "sent sends set sets stood stands thought thinks told won wins wrote hopes wants needs seems seemed appears "
    "appeared remains remained faces faced plans planned expects expected believes believed hoped wanted needed "
    "tried tries failed fails continued continues started starts stopped stops visited visits voted votes held holds "
    "spoke speaks broke breaks fell falls rose rises grew grows found finds felt feels shows showed used uses "
    "helped helps moved moves launched launches signed signs joined joins returned returns arrived arrives died "
    "killed includes included followed follows worked works lived lives served serves happened happens changed "
    "ended turned turns looked looks sought seeks drew drawn passed passes"
)

ABBREVIATIONS = words(
    "mr. mrs. ms. dr. prof. sen. rep. reps. sens. gov. govs. gen. lt. col. capt. maj. sgt. cmdr. adm. st. jr. sr. "
    "rev. hon. pres. sec. amb. del. dem. d. r. no. v. vs. etc. inc. corp. co. ltd. bros. jan. feb. mar. apr. jun. jul. "
    "aug. sep. sept. oct. nov. dec. mon. tue. wed. thu. fri. sat. sun. ala. ariz. ark. calif. colo. conn. fla. ga. "
    "ill. ind. kan. ky. la. mass. md. mich. minn. miss. mo. mont. neb. nev. okla. ore. pa. tenn. tex. va. vt. wash. "
    "wis. wyo. u.s. u.n. u.k. e.u. d.c. a.m. p.m. e.g. i.e. approx. dept. fig. vol. ft. mt. n.y. n.c. n.j. s.c."
)
# After these a capital may well begin a new sentence.
ABBREVIATIONS_THAT_MAY_END = ABBREVIATIONS - words(
    "mr. mrs. ms. dr. prof. sen. rep. reps. sens. gov. govs. gen. lt. col. capt. maj. sgt. cmdr. adm. st. rev. hon. "
    "pres. sec. amb. del. dem. v. vs. e.g. i.e. no. fig. vol."
)
