"""The words that show somebody holding a position: wanting, agreeing, refusing, planning; and where a clause begins."""

from __future__ import annotations

import re


def _loose(pattern: str) -> re.Pattern[str]:
    """A blank in the pattern stands for any run of blanks, since quotation marks inside a clause become blanks."""
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


SKIPPED = _loose(
    r"(?:\s*\([^)]{1,40}\)|\s*\[[^\]]{1,40}\])?,?\s*(?:(?:also|still|now|really|clearly|obviously|certainly|"
    r"actually|simply|"
    r"always|already|just|himself|herself|themselves|both|all|absolutely|publicly|repeatedly|basically|"
    r"probably|allegedly|"
    r"reportedly|then|again|today|yesterday|finally|never|only|too|apparently|definitely|officially|alike|"
    r"consistently|"
    r"and the entire administration|and his team)\s+)*"
)
# What somebody may be said to be going to do by his own choice.
_CHOICES = (
    r"(?:accept|agree|sign|hold|start|stop|give|join|meet|discuss|send|provide|sell|supply|support|withdraw|"
    r"recogni[sz]e|"
    r"appoint|lift|lower|raise|buy|pay|attend|allow|permit|back|oppose|reject|refuse|approve|disarm|"
    r"demilitari[sz]e|leave|"
    r"host|take part|participate|negotiate|cut|drop|release|return|deploy|help|consider|decide|respond|do it|"
    r"cede|concede|"
    r"surrender|compromise|hand over|join|be (?:buying|sending|joining|willing|ready|signed))"
)
_HE_SAID = r"(?:me|us|them|him|her|that|very|quite|clearly|publicly|again|yes|no|today|yesterday|this morning)"
# An act of war or a quality is no position, so neither stands here.
POSITION = _loose(
    r"\s*(?:"
    r"(?:(?:does not|doesn't|do not|don't|did not|didn't|would|will) )?(?:wants?|wanted|accepts?|accepted|"
    r"agrees?|agreed|"
    r"supports?|supported|backs|backed|opposes?|opposed|rejects?|rejected|refuses?|refused|seeks?|sought|"
    r"prefers?|preferred|"
    r"expects?|expected|hopes?|hoped|plans?|planned|intends?|intended|believes?|believed|thinks?|thought|"
    r"considers?|"
    r"considered|promised|promises|pledged|pledges|assured|assures|confirmed|confirms|insists?|insisted|"
    r"demands?|demanded|"
    r"welcomes?|welcomed|favou?rs?|favou?red|understands?|understood|reali[sz]es?|reali[sz]ed|objects?|"
    r"objected|proposed|"
    r"proposes|offered|offers|wishes|wished|fears?|feared|sees?|decided|decides|reiterates?|reiterated|"
    r"maintains?|maintained)\b"
    rf"|(?:(?:has|have|had) )?(?:said|says|responded|replied|stated|declared|answered|did say)(?: "
    rf"{_HE_SAID})*,? (?:that )?"
    r"(?:he|she|they|it|yes|no)\b"
    r"|(?:(?:has|have|had) )?(?:told|assured) (?:me|us|them|him|her)\b"
    r"|(?:(?:has|have|had|'s) )?(?:not )?made (?:an?|the|their|its|his|her) (?:\w+ )?"
    r"(?:decision|choice|commitment|offer|promise|pledge|concession)\b"
    r"|seems? to (?:think|believe|want|expect|prefer|accept|agree)\b"
    r"|(?:has|have|had|'s) (?:not )?(?:made (?:it )?(?:very )?clear|no (?:real )?(?:problems?|objections?|"
    r"plans?|intention|interest)|"
    r"expressed|confirmed|agreed|accepted|said|stated|publicly stated|promised|assured|rejected|refused|"
    r"decided|approved|"
    r"committed|signed up|asked|an absolute right|every right|the right|maintained)\b"
    r"|(?:is|are|was|were|'s|'re|be|will be|would be|remains?|seems?|appears?) (?:(?:not|very|absolutely|"
    r"also|fully|quite|"
    r"no longer|to be|always|emphatic|both) ){0,2}(?:ready|willing|prepared|open|committed|interested|in "
    r"favou?r|against|opposed|"
    r"certain|looking to|seeking|considering|planning|going to|gonna|refusing|refraining|demanding|okay with|"
    r"ok with|"
    r"fine with|eager|keen|determined|reluctant|unwilling)\b"
    rf"|(?:will|would|won't|wouldn't|'ll) (?:(?:not|never|also|immediately|only|soon|agree to) )*{_CHOICES}\b"
    r")"
)
# What the speaker does who only leads up to another's position: "I asked him", "we think they".
LEADS_UP = _loose(
    r"\s*(?:'ve|have|had|'m|am)?\s*(?:(?:always|just|specifically|also|really|absolutely) )*(?:asked|think|"
    r"thought|believe|know|knew|"
    r"said|say|heard|hear|spoke|talked|told|understand|see|saw|mean|guess|met|feel|discussed|did)\b"
)
# Whoever joins in with the other's wish makes it his own.
AGREES = _loose(r"\b(?:I|we) (?:(?:fully|also|totally|completely) )?(?:agree|(?:support|back) (?:it|that|this))\b")
# "There is consensus within the League": the League's position.
SHARED = _loose(
    r"\bthere (?:is|was|remains) (?:(?:an?|broad|full|wide|strong|clear|no|growing|great|such) )*(?:consensus|"
    r"unanimity|agreement|unity|support|opposition|resistance|readiness|willingness|appetite) "
    r"(?:in|within|inside|among|across) (?:the )?$"
)
GOVERNS = _loose(
    r"\b(?:un)?acceptable (?:to|for) $|\bthe (?:position|view|stance|willingness|readiness) of $|\baccording "
    r"to $"
)
_SAYING = (
    r"said|says|say|saying|added|adding|claimed|claims|told(?: \w+)?|believes?|believed|think|thinks|thought|"
    r"know|knows|clear|sure|"
    r"confident|convinced|confirmed|confirming|announced|means?|meant|hopes?|hoped|see|understands?|reported|"
    r"reports|fact|stressed|noted|"
    r"insisted|insists|argued|assured|agreed|suggested|stated|warned|wrote|declared|revealed|indicated|"
    r"possible|likely|"
    r"true|decision|now|posted|heard|appreciated"
)
_ROLE = (
    r"(?:(?-i:[A-Z])[\w.]+(?:'s)? )?"
    r"(?:(?:president|prime minister|chancellor|secretary|minister|leader|counterpart|mr\.?|mrs\.?|ms\.?) )?"
)
# Where the subject of a clause may begin; "the force that Velden wants" is no such clause, "if he wants" no claim.
BEFORE_SUBJECT = re.compile(
    rf"(?:^\W*(?:that\s+)?|[.!?;:—–,“(]\s*|\)\s*|\b(?:and|but|or|so|then|yeah|yes|well|also|even|both|"
    rf"{_SAYING})\s+|"
    rf"\b(?:{_SAYING}|is|was|and|but|me|us|them|him|"
    rf"her)\s+that\s+)(?:{_ROLE.replace(' ', chr(92) + 's+')})?(?:the\s+)?$",
    re.IGNORECASE,
)
WHO = re.compile(r",?\s+who\s+", re.IGNORECASE)
