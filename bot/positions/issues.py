"""Nouns of public affairs that name an issue, with the spellings that mean the same."""

from __future__ import annotations

from typing import Final

from bot.positions.words import listed

_ISSUES = """
ceasefire: ceasefire truce armistice
peacekeepers: peacekeepers peacekeeper peacekeeping
troops: troops soldiers contingent contingents forces boots
sanctions: sanctions sanction sanctioning
tariffs: tariffs tariff duties duty
talks: talks negotiations negotiation negotiate negotiating consultations
meeting: meeting summit
call: phonecall conversation
membership: membership accession join joining
missiles: missiles missile taurus tomahawk tomahawks patriots patriot himars atacms
weapons: weapons arms ammunition weaponry
strikes: strikes strike bombardment airstrikes bombing attack attacks shelling
hostages: hostages hostage captives
prisoners: prisoners prisoner exchange swap
aid: aid assistance relief humanitarian
election: election elections vote voting ballot polls turnout referendum
tax: tax taxes taxation levy vat
budget: budget spending deficit
subsidies: subsidies subsidy
bailout: bailout rescue
deportation: deportation deportations deport deporting removals
migration: migration immigration migrants asylum refugees border
visas: visas visa
oil: oil crude
gas: gas pipeline pipelines
nuclear: nuclear uranium enrichment reactor
plant: plant
minerals: minerals mineral lithium
territory: territory territories annexation land borders
sovereignty: sovereignty independence statehood
recognition: recognition recognise recognize
occupation: occupation takeover resettlement displacement
famine: famine starvation hunger starving
genocide: genocide atrocities
investigation: investigation inquiry probe investigators
evidence: evidence proof
report: report assessment
resolution: resolution
treaty: treaty accord pact convention agreement
deal: deal
plan: plan proposal blueprint roadmap
memorandum: memorandum draft
guarantees: guarantees guarantee
assets: assets reserves
funding: funding funds grants grant financing money
loan: loan loans debt
bill: bill law legislation act amendment
ban: ban moratorium prohibition
strike-action: walkout stoppage
pay: pay wages salaries wage
pensions: pensions pension retirement
merger: merger takeover-bid acquisition bid
layoffs: layoffs redundancies cuts jobs
vaccine: vaccine vaccines vaccination jab jabs
mandate: mandate lockdown masks
school: school schools university universities students
hospital: hospital hospitals clinic clinics
housing: housing homes rent rents
rail: rail railway train trains
airport: airport runway airspace
port: port harbour canal
dam: dam reservoir
mine: mine mines mining quarry
emissions: emissions climate carbon
coup: coup mutiny
resignation: resignation resign resigning quit office
arrest: arrest arrests detention detained
extradition: extradition extradite
pardon: pardon amnesty clemency
war: war invasion conflict hostilities
peace: peace settlement
trade: trade exports imports
drones: drones drone
warships: warships warship tanker vessel fleet
intelligence: intelligence spying espionage
cyberattack: cyberattack hackers hacking
interference: interference meddling
corruption: corruption bribery bribes
disarmament: disarmament disarm disarming
withdrawal: withdrawal pullout
observers: observers monitors monitoring inspectors
contacts: contacts ties relations dialogue channels
mediation: mediation mediator mediate
venue: venue
rates: rates inflation interest
currency: currency euro dollar
privacy: privacy surveillance
abortion: abortion abortions
drugs: drugs narcotics fentanyl
guns: guns firearms
police: police policing
court: court ruling verdict
constitution: constitution constitutional
apology: apology apologise apologize
compensation: compensation reparations
quota: quota quotas
fishing: fishing fisheries fish
farm: farm farmers crops grain
water: water
waste: waste landfill
bridge: bridge tunnel road motorway
stadium: stadium olympics
"""

ISSUE_OF: Final[dict[str, str]] = {}
RANK: Final[dict[str, int]] = {}
# Wide issues are named only when nothing narrower is.
WIDE: Final = listed("""
war peace deal plan report talks meeting treaty resolution bill funding evidence call territory school trade
court police strikes office contacts""")
for _line in _ISSUES.strip().splitlines():
    _name, _, _forms = _line.partition(":")
    RANK[_name] = len(RANK)
    for _form in _forms.split():
        ISSUE_OF.setdefault(_form, _name)

COMMON: Final = listed("""
about above according across actually after again against ago all also although always am among an and any
anybody anyone anything are around as ask asked at away back be became because become been before behind being
believe better between both but by came can cannot case clear come coming could country day days did different
do does doing done down during each either else end even ever every everybody everyone everything fact far few
first for former from full further get getting give given go goes going gone got great had half has have having
he her here hers him himself his how however i if important in into is it its itself just keep kind know known
last later least leave less let like likely little long look lot made make makes making many matter may maybe me
mean means might minister moment month months more most mr mrs ms much must my myself near need never new next
night no nobody none nor not nothing now number of off official officials often old on once one only onto or
other others our ourselves out over own part people percent perhaps person place point possible president prime
put question quite rather ready really reason recent regard right said same say saying says see seen several
shall she should side since situation so some somebody someone something soon speak spoke spokesman state
statement states still such sure take taken talk tell than that the their them then there these they thing
things think this those though three through time times to today together told tomorrow too took toward towards
truly try two under until up upon us use used very view want wants was way we week weeks well went were what
when where whether which while who whole whom whose why will with within without word words work would year
years yes yesterday yet you your yours monday tuesday wednesday thursday friday saturday sunday january february
march april june july august september october november december""")
