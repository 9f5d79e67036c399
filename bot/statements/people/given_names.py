"""Given names that news prose uses for women or for men almost always; evidence for a pronoun, never for a name."""

from __future__ import annotations

from typing import Literal

from bot.statements.people.spelling import plain
from bot.statements.text.words import words

_WOMEN = words(
    """
    abigail agnes aisha alexandra alexandria alice alina alison allison amanda amelia amy ana anastasia andrea
    angela anita ann anna annalena anne annette annie antonia ashley astrid barbara beata beatrice bella berit beth
    bettina betty birgit bonnie bridget brigitte britta camilla carla carmen carol carolina caroline catherine
    cecilia charlotte cheryl christina christine cindy claire clara claudia condoleezza cynthia daniela deborah
    debra delcy denise diana diane dolores donna dorothy edith elaine eleanor elena elisabeth elise elizabeth ella
    ellen emily emma erica erika esther eva evelyn fatima federica felicity fiona florence frances gabriela gail
    galina georgia gina giorgia gloria grace greta gretchen hanna hannah heather heidi helen helena helle hilary
    hillary ida ilona ines inga ingrid irene irina isabel isabella ivana ivanka jacinda jane janet jean jeanine jen
    jennifer jessica jill joan joanna jocelyn josefina joyce juanita judith judy julia julie juliet kaja kamala
    karen karin karoline katarina kate katherine kathleen kathryn kathy katie kimberly kira kirsten kristen kristi
    kristin kristina laura lauren lena leslie lila lilia linda lisa lisbeth liubov liz ljubov louise lucia lucy
    luisa luise lydia lyudmila magdalena mai maia marcia margaret margarita margrethe maria mariam marianne marie
    marija marina marine marion marjorie marta martha mary maryam maya megan meghan melania melanie melinda melissa
    mette mia michelle milena mira miriam monica nadia nadine nancy naomi natalia natalie nathalie nicola nicole
    nikki nina nora olena olga olha olivia pamela patricia paula petra phyllis priti rachel rebecca renata rita
    roberta rosa rosemary ruth sabine sahra salome samantha sandra sanna sara sarah sharon sheikha sheila shirley
    silvia simone sofia sonia sonja sophia sophie stella stephanie sue susan susanna susie svetlana sviatlana sylvia
    tamara tammy tanya tatiana teresa theresa therese tina tracy tricia tulsi ulrike ursula valentina valerie
    vanessa vera veronica veronika victoria viktoria viola violeta virginia vivian wendy yana yelena yulia yvette
    yvonne zoe zuzana
    """
)
_MEN = words(
    """
    aaron abdel abdul abdullah adam adolf adrian ahmad ahmed alan albert alberto alejandro aleksandr alex alexander
    alexandre alexei alexey alfred ali allan andrei andres andrew andrey andrii andrzej andy anthony antonio antonis
    antony anwar arnold arthur artur barack bart ben benjamin bernard bernie bill bjorn bob boris brad brandon brian
    bruce bruno carl carlos cedric charles chris christian christopher chuck claude cyril dan daniel darius dave
    david dean denis dennis denys dick dieter dimitri dirk dmitri dmitry dmytro don donald doug douglas edgars
    eduard edward elon emanuel emmanuel enrique eric erik ernst evgeny ezra felipe felix ferdinand fernando florian
    francis francisco francois frank frans fred frederick friedrich gabriel gary gavin geert geir gennady geoffrey
    george georgy gerald gerard gerhard gideon giuseppe gordon graham grant greg gregory grigory guido guillermo
    gustavo guy hakan hamid hans harold harry hassan heinz henry herbert hermann hugo hussein ian ibrahim igor ihor
    ilham ilya imran isaac ivan jack jacob jaime jake jakob jamal james jan janos jared javier jay jd jean-noel jeff
    jeffrey jens jeremy jerome jerry jim jimmy joachim joao joe joel joerg johan johann johannes john jonas jonathan
    jorge jose josef josep joseph joshua juan julian julio juraj jurgen justin karel karim karl keir keith ken
    kenneth kevin khaled kiril kirill klaus konrad konstantin kurt larry lars lawrence lech lee leo leon leonid
    leopold lindsey lloyd lorenzo louis luc lucas luis luiz luke magnus mahmoud malcolm manfred manuel marcel marco
    marcus mario mark markus martin marvin massimo mateusz matteo matthew matthias max maxim michael michal micheal
    miguel mihai mike mikhail miroslav mitch mitt mohamed mohammad mohammed mohamud mousa moussa muhammad mustafa
    narendra neil nicholas nicolae nicolas nigel nikol nikola nikolai nikolay nils noah norbert olaf ole oleg oleh
    oleksandr oleksii oleksiy oliver omar osama oscar otto pablo pascal pat patrick paul pavel pavlo pedro per pete
    peter petr petro petteri philip philippe pierre pieter piotr radek radoslaw rafael raffaele ralf ralph ramzan
    randhir raphael raul ray recep reza ricardo richard rick rishi rob robert roberto rodrigo roger roland roman ron
    ronald rudolf rudy ruslan russell saad salman sam samuel scott sean sebastian serge sergei sergey sergio sergiy
    serhii serhiy shmuel simon stanislav stefan stephane stephen steve steven stuart sven taras tayyip ted terry
    theodore thierry thomas tim timothy tobias tom tony ulrich vadim valdis valentin valery vasil vasily vasyl
    victor viktor vincent vitali vitaliy vitaly vladimir vladislav volker volodymyr wally walter wayne werner
    wilhelm will william wolfgang wopke xavier yair yevgeny yitzhak yoav yuri yuriy yury yves zoran
    """
)


def gender(name: str) -> Literal["f", "m"] | None:
    """What the given name tells, None if it tells nothing."""
    parts = plain(name).split()
    if len(parts) < 2:
        return None
    if parts[0] in _WOMEN:
        return "f"
    return "m" if parts[0] in _MEN else None


def is_given(word: str) -> bool:
    """Whether the word is one of the given names known here."""
    known = plain(word)
    return known in _WOMEN or known in _MEN
