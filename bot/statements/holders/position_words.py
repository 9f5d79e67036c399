"""The words that show somebody holding a position: wanting, agreeing, refusing, planning; and where a clause begins."""

from __future__ import annotations

import re

from bot.statements.text.words import words


def _loose(pattern: str) -> re.Pattern[str]:
    """A blank in the pattern stands for any run of blanks, since quotation marks inside a clause become blanks."""
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


def _forms(base: str) -> tuple[str, ...]:
    """A regular verb in all its forms."""
    if base.endswith("e"):
        return base, f"{base}s", f"{base}d", f"{base[:-1]}ing"
    if base.endswith("y") and base[-2] not in "aeou":
        return base, f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"
    last = base[-1] if base in _DOUBLING else ""
    plural = "es" if base.endswith(("s", "sh", "ch", "x")) else "s"
    return base, f"{base}{plural}", f"{base}{last}ed", f"{base}{last}ing"


_DOUBLING = frozenset({"plan", "prefer", "regret", "admit", "concur"})
# To do one of these is to take a position, in whatever tense. An act of war or a quality is none, so neither is here.
_ATTITUDES = words(
    "accept acknowledge admit agree anticipate apologise apologize approve assure authorise authorize back "
    "believe concede concur confirm consent consider decide decline demand desire endorse envisage "
    "expect favour favor fear hope insist intend maintain object oppose plan pledge prefer promise propose "
    "realise realize recommend refuse regret reiterate reject request seek suggest support urge vow want warn "
    "welcome wish"
)
_IRREGULAR = words(
    "begged believes chose chosen forbade forbidden sees saw sought sworn swore thinks thought "
    "understands understood undertaken undertook withdrew withdrawn"
)
_FORMS = frozenset(form for base in _ATTITUDES for form in _forms(base))
_TAKING = "|".join(sorted(form for form in _FORMS if form.endswith("ing")))
_NOUNS = "|".join(sorted(form for form in _FORMS if form.endswith("s")))  # behind "'s", where no verb has this form
_TAKE = "|".join(sorted(_ATTITUDES))
_TAKES = "|".join(sorted({form for form in _FORMS - _ATTITUDES if not form.endswith("ing")} | _IRREGULAR))
_ADVERB = (
    r"(?:[a-z]{2,14}ly|also|still|now|always|already|just|himself|herself|itself|themselves|both|all|then|again|"
    r"today|yesterday|never|not|too|alike|soon|once more|long|since|once|twice|quite|very|either|in principle|"
    r"in private|no longer|in fact|in turn|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|meanwhile|likewise)"
)
SKIPPED = _loose(rf"(?:\s*\([^)]{{1,40}}\)|\s*\[[^\]]{{1,40}}\])?,?\s*(?:{_ADVERB}\s+){{0,4}}")
# A bracketed remark between subject and verb: "the mayor, the head of the council, is behind it".
APART = re.compile(r",\s+(?!and\b|but\b|or\b|as\b)[a-z][^,.;:!?\n]{1,110},(?=\s)")
# What somebody may be said to be going to do by his own choice.
_CHOICES = (
    r"(?:sign|hold|start|stop(?! at nothing)|give|join|meet|discuss|send|provide|sell|supply|recogni[sz]e|"
    r"appoint|lift|lower|raise|buy|pay|attend|allow|permit|disarm|demilitari[sz]e|leave|vote|abide|comply|"
    r"host|take part|participate|negotiate|cut|drop|release|return|deploy|help|respond|"
    r"continue to (?:engage|negotiate|talk|discuss|meet)|do (?:it|so|that)|go along|"
    r"cede|surrender|compromise|hand over|step (?:down|aside|in)|come to the table|table|"
    r"be (?:buying|sending|joining|willing|ready|signed))"
)
_TO_WHOM = (
    r"(?:me|us|them|him|her|you|(?:the|my|our|his|their|its) (?:\w+ ){1,2}?|(?-i:[A-Z])\w+ (?:(?-i:[A-Z])\w+ )?|"
    r"reporters )"
)
_HE_SAID = (
    r"(?:me|us|them|him|her|that|very|quite|clearly|publicly|again|yes|no|today|yesterday|this morning|"
    r"to (?:me|us|them|him|her))"
)
_ADJECTIVES = (
    r"(?:ready|willing|unwilling|prepared (?:to|for)|open to|committed to|"
    r"interested|uninterested|in favou?r|against|opposed|"
    r"certain|sure|convinced|confident|adamant|okay with|ok with|fine with|happy with|comfortable with|content "
    r"with|satisfied with|at ease|eager|keen|determined|reluctant|hesitant|"
    r"on board|on our side|with us|with me|"
    r"behind (?:it|us|me|this|that|the|him|her)|of one mind|of the same mind|"
    r"in agreement|in no (?:hurry|rush|mood|doubt)|looking (?:to|at \w+ing)|"
    r"(?:going to|gonna)(?! (?:win|lose|be|have|happen|get|need|fail|see|find|suffer)\b)|"
    r"refraining|holding out|pushing for|pressing for|calling for|asking|begging|trying to persuade|"
    r"beginning to (?:see|understand|reali[sz]e|accept)|starting to (?:see|understand|reali[sz]e|accept)|"
    r"grateful|anxious|afraid|worried|unhappy)"
)
_GIVES = (
    r"(?:gives?|gave|given|giving) (?:me |us |him |her |them |it |(?:the|my|our) \w+ )?"
    r"(?:(?:its|his|her|their|an?|the|every|full|no|such) )?(?:\w+ )?(?:word|blessing|consent|assurances?|approval|"
    r"backing|support|go-ahead|green light|undertakings?|agreement|permission|promises?|guarantees?|commitments?|"
    r"understanding)\b"
)
# "Karsovia supports terrorism" is a charge against it, not its stance.
_CHARGED = r"(?! (?:[\w-]+ ){0,2}(?:terror|militan|insurgen|extremis|aggression|genocid|atrocit|massacre))"
POSITION = _loose(
    r"\s*(?:"
    rf"(?:(?:does|do|did|will|would|'d|'ll)(?:n't)? |won't )(?:{_ADVERB} ){{0,3}}(?:{_TAKE})\b"
    rf"|(?:{_ADVERB} ){{0,3}}(?P<plural>{_TAKE})\b{_CHARGED}"
    rf"|(?!'s (?:{_ADVERB} ){{0,3}}(?:{_NOUNS})\b)"
    rf"(?:(?:has|have|had|'s|'d|'ve)(?:n't)? )?(?:{_ADVERB} ){{0,3}}(?:(?:{_TAKES})\b{_CHARGED}|{_GIVES})"
    rf"|(?:is|are|was|were|'s|'re)(?:n't)? (?:{_ADVERB} ){{0,3}}(?:{_TAKING})\b"
    rf"|(?:(?:has|have|had|'s|'d|'ve) )?(?:{_ADVERB} )?(?:said|says|responded|replied|stated|stating|answered|"
    rf"declared|did say)(?: {_HE_SAID}){{0,4}}[,:]?\s*(?:that )?(?:[‘'](?:I|we|yes|no)|he|she|they|it|yes|no|nothing)\b"
    r"|(?:(?:has|have|had|'s|'d|'ve) )?(?:not )?(?:said|indicated|signalled|signaled|made (?:it )?(?:very )?clear|"
    r"hinted) to (?:me|us|them|him|her)\b"
    rf"|(?:(?:has|have|had|'s|'d|'ve) )?(?:{_ADVERB} )?(?:told|informed|notified|tells) {_TO_WHOM}"
    r"|(?:(?:has|have|had|'s|'d|'ve) )?(?:not )?made (?:an?|the|their|its|his|her|no|any) "
    r"(?:such |(?!right|wrong|best|bad|good|poor|terrible|great)\w+ )?"
    r"(?:decision|choice|commitment|offer|promise|pledge|concession|request|undertaking|peace)s?\b"
    r"|seems? to (?:think|believe|want|expect|prefer|accept|agree)\b"
    rf"|(?:has|have|had|'s|'ve) (?:{_ADVERB} ){{0,2}}(?:made (?:it )?(?:very )?clear|(?:expressed|stated|"
    r"voiced|signalled|signaled|indicated|declared|conveyed|spoken of|spoken out|"
    r"called (?:for|on)|signed|asked|ruled out|committed|said|"
    r"vetoed|confided|dropped|lifted|yielded|shelved|volunteered)\b)"
    r"|(?:has|have|had|having|'s|'ve|sees?|saw|see) (?:absolutely )?(?:no|an?|every|any|the|some) "
    r"(?:\w+ )?(?:problems?|objections?|issues?|quarrel|difficulty|difficulties|obstacles?|plans?|intentions?|"
    r"interest|desire|wish|reason|appetite|thought|hesitation|reservations?|opinion|doubts?)\b"
    r"|(?:has|have|had) objections\b|(?:makes|made) (?:it )?(?:\w+ )?clear\b|did (?:tell|say)\b"
    r"|(?:will|won't),? (?:because|if)\b"
    r"|(?:ask|asks|asked) (?:me|us|them|him|her|for|to)\b"
    r"|(?:calls?|called|pushes|pushed|presses|pressed|votes?|voted) (?:for|on|against)\b"
    r"|(?:rules?|ruled) (?:it |this |that )?out\b"
    r"|(?:did|does|do|will|would)(?: not|n't) (?:like|mind|care)\b"
    r"|(?:stands?|stood) (?:[a-z]{2,14}ly )?(?:by|behind)\b"
    r"|(?:can|could) live with\b"
    rf"|(?:has |have |had |'s |'ve )?(?:{_ADVERB} )?(?:go|goes|gone|went) along with\b"
    rf"|(?:has |have |had |'s |'ve )?(?:{_ADVERB} )?(?:signed|signs) (?:off on|up (?:for|to))\b"
    rf"|(?:has |have |had |'s |'ve )?(?:{_ADVERB} )?(?:takes?|took|taken) [^.,;:!?\n]{{2,60}}? off the (?:\w+ )?table\b"
    r"|(?:has |have |had )?(?:give|gives|gave|given) (?:way|in)\b|(?:has|have|had) been won over\b"
    r"|(?:has |have |had |'s |'ve )?(?:come|came) to (?:see|believe|accept|think|regard|understand)\b"
    r"|(?:has |have |had |'s |'ve )?(?:come|came|comes) (?:round|around|to terms)\b"
    r"|(?:has |have |had |'s |'ve )?(?:changed|made up|set) (?:his|her|its|their) minds?\b"
    r"|(?:has |have |had |'s |'ve )?(?:shaken|shook|shake) (?:my |our )?hands?\b"
    r"|(?:has |have |had |'s |'ve )?(?:dropped|withdrawn|withdrew|given up|gave up|abandoned) (?:its|his|her|their|"
    r"all|any) (?:\w+ )?(?:objections?|resistance|opposition|demands?|claims?|veto|plans?|reservations)\b"
    r"|shares? (?:our|the|my|his|her|their) (?:[\w']+ )?(?:concerns?|views?|opinion|position|assessment|goal)\b"
    rf"|(?:is|are|was|were|'s|'re|be|will be|would be|remains?|remained|seems?|appears?|has been|have been) "
    rf"(?:(?:{_ADVERB}|to be|emphatic) ){{0,2}}{_ADJECTIVES}(?=\W|$)"
    r"|(?:is|are|was|were|'s) (?:absolutely )?emphatic\b"
    rf"|(?:will|would|won't|wouldn't|'ll) (?:(?:{_ADVERB}|agree to) ){{0,2}}{_CHOICES}\b"
    r")"
)
# What a body is going to do, where nobody's own claim is mixed in: "sources said the firm will close the yard".
PLANNED = _loose(
    r"\s*(?:"
    r"(?:is|are|was|were) (?:not )?(?:set|due|expected|likely|poised|scheduled|preparing|aiming|moving) to\b"
    r"|(?:is|are|was|were) (?:considering|weighing|planning|preparing|exploring|discussing|mulling)\b"
    rf"|(?:will|would) (?:not )?(?:{_ADVERB} ){{0,2}}(?:{_CHOICES}|acquire|announce|ban|boost|build|close|delay|"
    r"expand|extend|hike|hire|impose|introduce|invest|keep|launch|merge|move|name|open|present|publish|reduce|replace|"
    r"resume|scrap|shut|spend|suspend|unveil|visit|withdraw)\b"
    r")"
)
# What the speaker does who only leads up to another's position: "I asked him", "we think they".
LEADS_UP = _loose(
    r"\s*(?:'ve|have|had|'m|am)?\s*(?:(?:always|just|specifically|also|really|absolutely) )*(?:asked|think|"
    r"thinks|thought|believes?|believed|knows?|knew|expects?|understands?|understood|confirms?|confirmed|says|"
    r"(?:is|was|am|are|'s|'re|were) (?:\w+ )?(?:convinced|confident|sure|certain|aware|told)|"
    r"said|say|heard|hear|spoke|talked|told|see|saw|mean|guess|met|feel|discussed|did)\b"
)
# Whoever joins in with the other's wish makes it his own.
AGREES = _loose(
    r"\b(?:I|we) (?:(?:fully|also|totally|completely) )?(?:agree|(?:support|back) (?:it|that|this))\b"
    r"|\b(?:which|that) we (?:fully |also )?(?:share|support|back|welcome|accept)\b"
)
# "I never said that they agreed": his own words are what he speaks of.
UNSAID = _loose(
    r"\s*(?:(?:have |'ve |had |'d |has )?never|(?:did|have|had|has)(?: not|n't)) "
    r"(?:say|said|claim|claimed|suggest|suggested)\b"
)
_NOUN = (
    r"(?:willingness|unwillingness|readiness|refusal|consent|assurances?|word|agreement|approval|blessing|go-ahead|"
    r"reluctance|determination)"
)
# "There is broad support in the League": the League's position. "He had been told by Velden that": Velden's.
GOVERNS = _loose(
    r"\bthere (?:is|was|remains) (?:(?:an?|broad|full|wide|strong|clear|no|growing|great|such) ){0,3}(?:consensus|"
    r"unanimity|agreement|unity|support|opposition|resistance|readiness|willingness|appetite) "
    r"(?:in|within|inside|among|across) (?:the )?$"
    r"|\b(?:un)?acceptable (?:to|for) (?:the )?$"
    r"|\b(?:fine|okay|ok|all right) (?:with|by) (?:the )?$"
    r"|\bthe (?:position|view|stance) of (?:the )?$|\baccording to (?:the )?$"
    r"|\b(?:been|was|were|am|is|are|be) (?:\w+ )?(?:told|assured|asked|promised|informed|warned|notified|urged) "
    r"(?:\w+ ){0,3}?by (?:the )?$"
    r"|\b(?:heard|learned|learnt|know|understand) (?:this |that |it )?from (?:the )?$"
    r"|\b(?:negotiated|agreed|discussed|settled|worked out|decided) (?:between|among) (?:the )?$"
)
# Who has another's word does not hold it: "she had Velden's word that", "confirmed Velden's willingness to".
WORD_OF = _loose(
    r"\b(?:has|have|had|having|got|gets?|received|secured|won|obtained|confirms?|confirmed|conveyed|announced|reported|"
    r"noted|notes|cited|cites|citing|acknowledged|apprecia\w+|stressed|emphasi[sz]ed|mentioned|to) (?:the )?$"
)
OWNED = _loose(rf"(?:'s?)? (?:\w+ ){{0,2}}?{_NOUN}\b (?:to|that|for|on|not|in)\b")
VIEW = _loose(
    r"(?:'s?) (?:\w+ )?(?:view|position|stance|opinion|answer|attitude|policy|aim|goal|intention)"
    r"(?: (?:on|towards?|to|about) [\w' -]{1,40}?)? "
    r"(?:is|was|has|had|remains?|remained)\b"
)
_SAYING = (
    r"said|says|say|saying|added|adding|claimed|claims|told(?: \w+)?|believes?|believed|think|thinks|thought|"
    r"know|knows|clear|sure|recalled|recalls|"
    r"confident|convinced|confirmed|confirming|announced|means?|meant|hopes?|hoped|see|understands?|reported|"
    r"reports|fact|stressed|noted|acknowledged|conceded|admitted|mentioned|"
    r"insisted|insists|argued|assured|agreed|suggested|stated|warned|wrote|declared|revealed|indicated|"
    r"possible|likely|whether|"
    r"true|decision|now|posted|heard|appreciated|(?:looks|seems|sounds) like"
)
_ROLE = (
    r"(?:(?!(?:what|who|which|where|when|why|how|as|if|while|whether|since|given|all|that|because|although|"
    r"before|after|until|once|unless)\b)(?-i:[A-Z])[\w.]+(?:'s)? )?"
    r"(?:(?:president|prime minister|chancellor|secretary|minister|leader|counterpart|mr\.?|mrs\.?|ms\.?) )?"
)
# Where the subject of a clause may begin; "the force that Velden wants" is no such clause, "if he wants" no claim.
BEFORE_SUBJECT = re.compile(
    rf"(?:^\W*(?:that\s+)?|[.!?;:—–,“(]\s*|\)\s*|\s--?\s+(?:that\s+)?|\b(?:and|but|or|so|then|yeah|yes|well|also|even|both|"
    rf"{_SAYING})\s+|"
    rf"\b(?:{_SAYING})\s+(?:(?!(?:the|an?|his|her|its|their|our|my|any|all|no|some)\b)\w+\s+){{1,4}}that\s+|"
    rf"\b(?:told|informed|assured|promised|warned)\s+by\s+(?:[\w'.]+\s+){{1,6}}that\s+|"
    rf"\b(?:{_SAYING}|noting|stressing|insisting|claiming|arguing|warning|suggesting|believing|recalling|stating|writing|is|was|and|but|me|us|them|him|"
    rf"her)\s+that\s+)(?:{_ROLE.replace(' ', chr(92) + 's+')})?(?:the\s+)?$",
    re.IGNORECASE,
)
# "What he told us was that": whose position it is, the clause behind says.
CLEFT = re.compile(r"(?:^|[.!?;:“]\s*)\W*(?:and\s+|but\s+)?what\s+(?:the\s+)?$", re.IGNORECASE)
CLEFT_IS = re.compile(r"[^.,;:!?\n]{0,60}?\b(?:is|was)\s+(?:that|to)\b")
# What such a clause tells is given, not claimed: "As Velden promised, the road is open".
SUBORDINATE = re.compile(
    r"(?:^|[.!?;:“(,]\s*|\b(?:and|but|so)\s+)\W*(?:given\s+that|as|if|although|though|while|since|because|when|"
    r"unless|once|until|after|before|whatever|should|despite)\b[^,.!?;:]{0,240}$"
    r"|\b(?:following|amid|after|despite|over|about|by) (?:\w+ ){0,2}"
    r"(?:reports?|claims?|news|suggestions?|allegations?|rumou?rs?) that\W*(?:\w+ ){0,3}$",
    re.IGNORECASE,
)
# Another verb before the one that shows a position: "Karsovia has called and wants".
FIRST = re.compile(r"\s+(?:(?:has|have|had)\s+)?[a-z]{2,14}ed\s+and(?=\s)")
# What may stand between the head of a subject and its verb: "the head of the harbour board wants".
COMPLEMENT = re.compile(r"\s+(?:of|for|at|in|from)(?=\s)", re.IGNORECASE)
WORD = re.compile(r"\s+(?P<word>[\w'-]+)")
WHO = re.compile(r",\s+who\s+", re.IGNORECASE)
# A bare answer takes over what was asked: "Asked if Velden would sign, she said: “I think so.”"
ANSWER = _loose(
    r"\W*(?:(?:oh|well|look|yeah|yes|no|absolutely|definitely|certainly|of course|sure|never|probably|maybe|perhaps|"
    r"I (?:really |would |do |don't )?(?:think|believe|hope|guess|suppose|doubt|imagine|expect)(?: so| not| it)?|"
    r"not at all)\W*){1,3}"
)
QUESTION = _loose(r"\b(?:asked|pressed|questioned|quizzed)\b[^.!?\n]{0,60}?\b(?:if|whether) ")
