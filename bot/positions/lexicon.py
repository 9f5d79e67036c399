"""General English phrases that show a stance, by class. Verbs are given in the base form and inflected here."""

from __future__ import annotations

from typing import Final, Literal

from bot.positions.words import phrase

Class = Literal["accept", "reject", "good", "bad", "open", "less", "not", "hedge", "silent", "filler", "vouch"]

_ACCEPT_VERBS = """
accept agree support endorse welcome approve embrace advocate urge recommend consent praise hail applaud tolerate
laud commend authorise authorize acquiesce assent concur"""
_ACCEPT = """
backs|backed|backing|propose|proposes|proposing|no problem|not a problem|no objection|no objections|no obstacle|
nothing against|ready to|ready for|readiness|willing to|willingness|prepared to|in favour of|in favor of|
committed to|commit to|commits to|sign up to|signed up to|call for|calls for|called for|calling for|push for|
pushes for|pushed for|pushing for|press for|pressed for|in the interest of|in our interest|gave its approval|
gave his approval|gave her approval|gives its approval|allow|allows|allowed|permit|permits|permitted|
reached an agreement|reached a deal|in agreement|okay with|fine with|happy with|happy to|glad to|satisfaction|
coincides with|no alternative to|stand by|stands by|stood by|on board|look forward to|looks forward to|
looking forward to|would like to|wants to|want to|wanted to|hopes to|hope to|hoped to|plans to|plan to|planning to|
intends to|intend to|consented|determined to|green light|greenlight|go ahead with|sign off on|signed off on|
signs off on|voted for|vote for|votes for|vote in favour|voted in favour|vote in favor|voted in favor|
no qualms about|nothing wrong with|in our interests|shook hands on|gave his word|demand that|demands that|
demanded that|demand for|demands for|threatened to|threatens to|threatening to|threaten to|insist on|insists on|
insisted on|signs up to|signing up to|came round to|come round to|warmed to|gave the nod|gives the nod|
go along with|goes along with|went along with|got behind|gets behind|stand behind|stands behind|stood behind|
spoke in favour|speaks in favour|spoke in favor|speaks in favor|opt for|opts for|opted for|keen to|keen on|eager to|
i like|we like|i favour|we favour|i favor|we favor|championed|championing|subscribe to|subscribes to|can live with|
could live with|press ahead with|presses ahead with|pressed ahead with|pressing ahead with|push ahead with|
pushes ahead with|pushed ahead with|pushing ahead with|press on with|pressed on with|forge ahead with|
move ahead with|moving ahead with|going ahead with|goes ahead with|went ahead with|proceed with|proceeds with|
push through|would love to|love to see|like to see|am all for|are all for|fully behind|firmly behind|squarely behind|
am right behind|are right behind|
decided to|decided in favour of|decided in favor of|not against|can not do without|
would be delighted|want|wants|commitment to|lobby for|lobbies for|
lobbied for|lobbying for|gone along with|going along with|can not fault|could not fault|find no fault|no fault with|
no complaints about|no quarrel with|stand squarely with|stands squarely with|stood squarely with|
stand squarely behind|stands squarely behind|stood squarely behind|in support of|weight behind|support behind|
no apology for|no apologies for|not think of a better|not imagine a better|nothing would please me more|
nothing would please us more|
backing behind|backing to|blessing to|assent to|endorsement to|supportive of|
came out for|come out for|comes out for|ratify|ratifies|ratified|ratifying"""
_REJECT_VERBS = """reject oppose refuse deny condemn dismiss denounce criticise criticize resist
exclude rebuff deplore decry lament contradict refute repudiate regret disagree disavow slam blast dispute
spurn shun renounce disown lambast rebuke censure castigate deride ridicule mock scorn abhor detest resent"""
_REJECT = """
unwelcome|object to|objects to|objected to|objecting to|vetoed|vetoes|will veto|would veto|impossible to|unable to|
unwilling to|unwillingness|reluctant to|resistance to|objection to|objections to|vote against|voted against|
votes against|categorically against|firmly against|strongly against|totally against|completely against|rule out|
rules out|ruled out|ruling out|rejection of|refusal to|opposition to|opposed to|is against|are against|was against|
were against|be against|am against|stands against|decided against|warn against|warned against|warns against|
red line|off the table|off the negotiating table|off the agenda|out of the question|no intention|no plans|
no room for|no way|no chance|no need|no grounds|no basis|no reason to|no question of|not going to happen|
backed away from|backs away from|backed off|backs off|walked away from|step back from|pull back from|turned down|
turns down|do not want|does not want|did not want|intolerable|unacceptable|inadmissible|incompatible|never going to|
negative attitude|not for sale|not negotiable|not up for negotiation|stay away from|decline to|declines to|
declined to|over my dead body|no appetite for|no place for|push back against|pushed back against|
pushing back against|scoffed at|scoffs at|brushed off|brushed aside|shrugged off|poured cold water on|contrary to|
have no right|has no right|cast doubt on|casts doubt on|hands off|fight against|nothing to discuss|
nothing to talk about|nothing to negotiate|no part of|no desire to|no wish to|no interest in|balk at|balks at|
balked at|balking at|baulk at|baulked at|brush aside|brushes aside|brushing aside|brush off|brushes off|
brushing off|waved away|waves away|waved aside|waves aside|waved off|turn down|turning down|say no to|says no to|
said no to|saying no to|voted down|vote down|drew the line at|draw the line at|non starter|nonstarter|non starters|
deal breaker|dealbreaker|dead on arrival|dead in the water|a bridge too far|off limits|not on the cards|
not in the cards|not on the table|not on the agenda|no longer on the table|no longer on the agenda|
not under consideration|no longer under consideration|not up for discussion|not up for debate|not up for grabs|
not open to discussion|not an option|no longer an option|take issue with|takes issue with|took issue with|
reservations about|misgivings about|stand in the way of|stands in the way of|stood in the way of|stay out of|
last thing we need|last thing anybody needs|last thing anyone needs|last thing i want|last thing we want|
nobody wants|no one wants|answer is no|answer was no|under no circumstances|on no account|
pushed back on|pushes back on|push back on|pushing back on|railed against|rails against|rail against|
railing against|inveighed against|cautioned against|cautions against|caution against|stance against|to veto|
to block|stand up to|stands up to|stood up to|keen to avoid|eager to avoid|anxious to avoid|determined to avoid|
want out of|wants out of|wanted out of|not interested in|no longer interested in|cold water on|fiercely critical of|
withdrew her support|withdrew his support|withdrew its support|withdrew their support|withdraws its support|
highly critical of|sharply critical of|deeply critical of|critical of|hostile to|
will fight the decision|will fight the ruling|will fight the ban|will fight the order|will fight the law|
will fight the plan|will fight the plans|will fight the move|will fight the merger|will fight the closure|
will fight the cuts|will fight the tax|will fight the levy|will fight the charges|will fight the bill|
walk away from|walks away from|walking away from|last thing the country needs|last thing this country needs|
stand firm against|stands firm against|stood firm against|standing firm against|stand against|stood against|
standing against|helps nobody|helps no one|helped nobody|serves nobody|serves no one|benefits nobody|benefits no one"""
_GOOD = """
acceptable|good|great|positive|helpful|useful|important|necessary|vital|excellent|historic|genius|terrific|
constructive|productive|success|successful|true|correct|justified|fair|legal|lawful|essential|crucial|fantastic|
wonderful|balanced|inevitable|victory|safe|effective|terrific|amazing|brilliant|tremendous|magnificent|superb|
impressive|admirable|commendable|praiseworthy|right thing|right decision|right step|right answer|right direction|
long overdue|high time for|high time that|high time we|
in everyone's interest|in everybody's interest|here to stay|right call|right choice|right move|proud of|got it right|
gets it right|
exactly what we need|exactly what the country needs|just what we need|sensible|reasonable|wise|prudent|
worthwhile|beneficial"""
_BAD = """
unjustified|bad|disaster|disastrous|mistake|wrong|illegal|unlawful|illegitimate|meaningless|pointless|useless|
dangerous|counterproductive|irresponsible|betrayal|reckless|unrealistic|impossible|provocation|provocative|nonsense|
absurd|groundless|baseless|unfounded|untrue|false|fake|fiction|lie|lies|lied|fabricated|laughable|ridiculous|insult|
obsolete|premature|harmful|unfair|escalation|escalate|terrible|worst|worse|failure|failed|fail|inelegant|incorrect|
problem|hostile|shameful|scandalous|threat|invalid|unconstitutional|problematic|piracy|propaganda|unsafe|hoax|
invention|rumour|rumours|speculation|inaccurate|misleading|unhelpful|risky|unlikely|too early|invented|fabrication|
fabrications|forgery|forgeries|myth|slander|slanderous|smear|preposterous|ludicrous|unsubstantiated|unproven|
mistaken|erroneous|distorted|no truth|no such thing|nothing of the kind|nothing of the sort|nothing to do with|
not the case|unworkable|impractical|naive|disgrace|disgraceful|unjust|lying|bogus|breach|breaches|null and void|
capitulation|theft|unaffordable|ineffectiveness|jeopardise|jeopardises|jeopardize|jeopardizes|undermines|undermine|
ineffective|inhumane|flagrant|strain|prolong|prolongs|prolonging|state terrorism|act of terrorism|appeasement|
outdated|incompetent|incompetence|illusion|delusion|suicidal|outrageous|inexcusable|senseless|pure speculation|
awful|horrible|dreadful|appalling|atrocious|abysmal|deplorable|despicable|pathetic|foolish|stupid|unwise|
ill considered|ill advised|madness|folly|farce|farcical|sham|worthless|hopeless|futile|doomed|pipe dream|fantasy|
catastrophe|catastrophic|calamity|indefensible|unforgivable|unnecessary|excessive|disproportionate|flawed|toothless|
shortsighted|misguided|wrongheaded|self defeating|intrusive|draconian|discriminatory|lead to war|leads to war|
lead to a war|lead to world war|lead to conflict|lead to disaster|lead to chaos|mean war|means war|start a war|
participant in the conflict|participants in the conflict|participant in the war|participants in the war|
dragged into|drawn into|do more harm|does more harm|did more harm|do harm|does harm|harms|play into the hands|
plays into the hands|recipe for|slippery slope|backfire|backfires|destabilise|destabilises|destabilize|destabilizes|
destabilising|destabilizing|good money after bad|waste of money|waste of time|white elephant|too expensive|
too costly|too dangerous|too risky|makes no sense|make no sense|made no sense|not make sense|not make any sense|
wrong answer|wrong thing|wrong decision|wrong step|wrong direction|
wrong call|wrong choice|wrong move|a surrender|sellout|sell out|humiliation|overreach|
run counter to|runs counter to|ran counter to|go against|goes against|went against|at odds with|detrimental|affront|
hurt|hurts|cripple|cripples|crippling|devastate|devastates|bankrupt|bankrupts|
wreck|wrecks|ruin|ruins|ruinous|endanger|endangers|endangering|weaken|weakens|weakening|damaging|
cost lives|cost jobs|costs lives|costs jobs|cause chaos|causes chaos|had its day|had their day|outlived its usefulness|
past its sell by date"""
_OPEN = """
open to|openness to|openness|rule nothing out|ruling nothing out|is on the table|are on the table|
remains on the table|would consider|will consider|could consider|to consider|is considering|are considering|
am considering|was considering|could be considered|may be|might be|might|is possible|be possible|was possible|
are possible|possible that|possible to|undecided|no decision|not decided|two minds|look at|looking at|
looking into|under discussion|remains to be seen|examine|examining|unclear|not clear|willing to discuss|
ready to discuss|ready to talk|talk about|too early to|too soon to|no clarity|yet to|not yet|not made up|
could not tell|can not tell|no view|one of the options|being examined|being considered|wait and see|
up in the air|an open question|one option|an option among|options open|option open|still discussing|being discussed|
under review|we will see|nothing has been decided|nothing is decided|nothing was decided|decided nothing|
not been decided|have to see|have to wait|have to look into|weighing|weighing up|
mulling|maybe we will|may have to|might have to|could be forced to|may be forced to|might be forced to"""
_LESS_VERBS = """
cut ban end withdraw drop limit abolish lift remove stop halt suspend cancel freeze block scrap reduce ease
pause delay postpone leave quit exit terminate abandon prevent bar forbid restrict revoke reverse repeal
prohibit eliminate dismantle deport rescind shelve shut lower axe ditch overturn"""
_LESS = """
pull out of|pulls out of|pulled out of|back out of|opt out of|relief from|cessation of|end to|an end to|removal of|
withdrawal of|lifting of|halt to|exemption from|get rid of|phase out|give up on|gives up on|gave up on|given up on|
giving up on|lost my|lost our|lose our|loses our|
gone|closed|close down|closes down|closed down|closing down|closure of|closures of|wind down|winds down|winding down|
wound up|roll back|rolls back|rolled back|rolling back|tear up|tears up|tore up|torn up|tearing up|struck down|
strike down|strikes down|do away with|does away with|did away with|done away with|
lowest|fewer|restrictions|restriction|restrictions on|restriction on|limits on|limit on|curbs on|curb on|embargo on|
cap on|freeze on|ban on|abolition of|suspension of|reduction of|reduction in|reductions in|the end of|
cancellation of|postponement of|deferral of|termination of|revocation of|expiry of|dismantling of"""
_SILENT = """
no comment|without comment|nothing to add|nothing to comment on|declined to comment|declines to comment|
declining to comment|refused to comment|refuses to comment|refusing to comment|would not comment|will not comment|
do not comment|does not comment|did not comment|not comment on|decline to comment|neither confirm nor deny|
neither confirmed nor denied|refused to confirm|declined to confirm|declined to say|declined to give|
declined to elaborate|declined to call|refused to call|declined to answer|did not say whether|did not say if|
did not say when|did not say how|did not say what|did not say who|did not say which|did not say why|
did not say where|did not say more|would not say|did not respond|did not reply|did not answer|could not be reached|
not immediately respond|no immediate comment|nothing to say about|nothing to say on|not get into|
not going to get into|not aware of|rather not say|would not be pinned down|gave no answer|no announcement|
declined to discuss|refused to discuss|not going to comment|can not comment|
not in a position to comment|would not speculate|will not speculate|not going to speculate|took no view|
takes no view|no view on|not for me to say|reserve judgment|reserved judgment|reserve judgement|
refused to say|refuses to say|declined to speculate|can not confirm|could not confirm|
declined to answer|no position on|would not be drawn|will not be drawn|not be drawn on|would not discuss|
does not discuss|do not discuss|did not discuss the|could not discuss|can not discuss|
not going to discuss|did not want to discuss|not wish to|not want to comment|not want to speak|
would not speak about|could not speak about|will not speak about|declined to talk|declined to speak|
declined to name|declined to provide|declined to disclose|declined to characterise|declined to characterize|
declined to go into|declined to explain|declined to specify|declined to reveal|refused to answer|will not answer|
nothing more to say|nothing further to say|have nothing for you|say nothing about|referred questions|
referred all questions|referred inquiries|referred enquiries|no statement on|leave that to|not in a position to say|
made no comment|made no statement|makes no comment|leave comment|rather not answer|rather not discuss|
rather not comment|would not guess|will not guess|not going to guess|not want to guess|declined to guess|
refused to guess|will say nothing|
would say nothing|not prepared to say|not prepared to comment|not prepared to discuss|get ahead of|prejudge|
no further comment|nothing to announce|negotiated through the media|negotiate through the media|a question for the|
questions for the|not be negotiated in public|not negotiate in public"""
_VOUCH_VERBS = "promise pledge confirm guarantee concede vow assure swear reaffirm insist"
_VOUCH = "must|should|ought to|need to|needs to|has to|have to"
_NOT = "no longer|ceased to|ceases to|anything but|not|no|never|nor|neither|without|none|nothing|nobody|hardly"
_HEDGE = """
do not think|does not think|did not think|do not believe|does not believe|did not believe|do not expect|
does not expect|did not expect|not convinced|not sure that|can not imagine|scepticism about|
skepticism about|scepticism over|skepticism over|doubts about|doubts over|sceptical about|skeptical about|
sceptical of|skeptical of|do not see|does not see|doubt|doubts|doubted"""
_FILLER = """
want to reiterate|want to say|want to stress|want to emphasise|want to emphasize|want to make clear|
want to find out|want to know|want to thank|want to ensure|want to be clear|would like to say|would like to stress|
wants to know|not take less|not accept less|not settle for less|nothing less than|not less than|not be less than|
not only|not just|no doubt|no matter|not least|whether or not|no less|not yet clear why|nothing but|if not|
no more than|not to mention|can not but|make no mistake|been urged|was urged|were urged|being urged|
opposing side|opposing sides|opposing party|opposing camp|opposing team|opposing forces|
accept or reject|accept or not|is welcome to|are welcome to|
have to say|has to say|should be clear|need to know|need to understand|
has to do with|have to do with|condemned to|backed him up|backed her up|backed up|
those willing to|coalition of the willing|
coalition of willing|end of the|in the end|by the end|weekend|not authorised to|not authorized to|i like to|we like to|
for want of|want for|wants for|behind the wheel|
no way around|no way round|whether they like it or not|like it or not|keen to stress|
keen to point out|keen to emphasise|keen to emphasize|eager to stress|eager to point out"""

CONDITION: Final = (
    ("if",), ("unless",), ("provided",), ("providing",), ("as", "long", "as"), ("only", "after"), ("only", "when"),
    ("only", "once"), ("once",), ("on", "condition"), ("in", "the", "event"), ("subject", "to"), ("in", "exchange"),
    ("assuming",), ("in", "return", "for"), ("certain", "conditions"), ("as", "soon", "as"), ("only", "if"),
    ("so", "long", "as"), ("the", "moment"), ("on", "the", "understanding"), ("insofar", "as"),
    ("in", "so", "far", "as"), ("to", "the", "extent"),
    ("depends", "on"), ("until",), ("without",), ("when",), ("only", "with"), ("only", "where"), ("depending", "on"),
)  # fmt: skip
NO_CONDITION: Final = (  # before "if"
    "even", "as", "asked", "ask", "whether", "see", "know", "say", "tell", "determine", "unclear", "investigate",
    "investigated", "investigating", "examine", "examined", "examining", "check", "checked", "checking", "wonder",
    "wondered", "wondering", "sure", "unsure", "clear", "uncertain", "decide", "decided", "deciding", "doubt",
    "doubts", "doubted", "delighted", "happy", "glad", "pleased", "nice", "great", "good", "better", "mistake",
    "wrong", "disaster", "shame", "terrible", "awful", "catastrophic", "fatal", "dangerous", "unacceptable",
    "question", "questioned", "matter", "matters", "care", "cares", "verify", "assess",
)  # fmt: skip
IRREGULAR: Final = {
    "deny": ("denies", "denied", "denying"), "ratify": ("ratifies", "ratified", "ratifying"),
    "object": ("objects", "objected", "objecting"), "veto": ("vetoes", "vetoed", "vetoing"),
    "withdraw": ("withdraws", "withdrew", "withdrawn", "withdrawing"), "leave": ("leaves", "leaving"),
    "cut": ("cuts", "cutting"), "ban": ("bans", "banned", "banning"), "drop": ("drops", "dropped", "dropping"),
    "stop": ("stops", "stopped", "stopping"), "freeze": ("freezes", "froze", "freezing"),
    "scrap": ("scraps", "scrapped", "scrapping"), "quit": ("quits", "quitting"), "bar": ("bars", "barred", "barring"),
    "forbid": ("forbids", "forbade", "forbidden", "forbidding"), "slam": ("slams", "slammed", "slamming"),
    "rebuff": ("rebuffs", "rebuffed", "rebuffing"), "decry": ("decries", "decried", "decrying"),
    "refute": ("refutes", "refuted", "refuting"), "limit": ("limits", "limiting"),
    "regret": ("regrets", "regretted", "regretting"),
}  # fmt: skip


def inflected(verb: str) -> tuple[str, ...]:
    """The verb with its -s, -ed and -ing forms."""
    if verb in IRREGULAR:
        return (verb, *IRREGULAR[verb])
    stem = verb.removesuffix("e")
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    return (verb, third, stem + "ed", stem + "ing")


def _lexicon() -> dict[tuple[str, ...], Class]:
    found: dict[tuple[str, ...], Class] = {}
    verbs: tuple[tuple[Class, str], ...] = (
        ("accept", _ACCEPT_VERBS),
        ("reject", _REJECT_VERBS),
        ("less", _LESS_VERBS),
        ("vouch", _VOUCH_VERBS),
    )
    for kind, text in verbs:
        for verb in text.split():
            found.update({(form,): kind for form in inflected(verb)})
    del found["guarantees",], found["guarantee",]  # nouns, more often than not
    lists: tuple[tuple[Class, str], ...] = (
        ("accept", _ACCEPT), ("reject", _REJECT), ("good", _GOOD), ("bad", _BAD), ("open", _OPEN), ("less", _LESS),
        ("silent", _SILENT), ("not", _NOT), ("hedge", _HEDGE), ("filler", _FILLER), ("vouch", _VOUCH),
    )  # fmt: skip
    for kind, text in lists:
        found.update({phrase(entry): kind for entry in text.replace("\n", "").split("|")})
    return found


LEXICON: Final = _lexicon()
