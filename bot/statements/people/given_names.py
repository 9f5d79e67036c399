"""Given names that news prose uses for women or for men almost always; evidence for a pronoun, never for a name."""

from __future__ import annotations

from typing import Literal

from bot.statements.people.spelling import plain
from bot.statements.text.words import words

_WOMEN = words(
    """
    abby abigail ada adaeze adela adele adriana agata agatha agnes agnieszka ailsa aisha akiko alana alba aleksandra
    alessandra alexandra alexandria alice alina aline alison aliyah allison alma althea alva alyssa amanda amelia
    amina aminata amira amna amy ana anahit anais ananya anastasia anastasiia andrea andreea aneta angela angelica
    angelika angelina anika anita anja anke ann anna annabel annalena anne anneke annemarie annette annie annika
    anouk anselma antonia anu anya aoife ariana arlene ashley asma astrid asya aurelia ava ayaan ayelet ayesha aynur
    ayse aysel azadeh azra barbara barbora bea beata beatrice bella benedetta berit bernadette beth bettany bettina
    betty beverly bianca birgit birgitta blanca bonnie bozena brenda bridget brigitte britta bronwyn busra calliope
    camilla candace carla carly carmen carol carole carolina caroline cassandra catarina catherine catriona cecile
    cecilia celia celine charlotte cheryl chiara chidinma chloe christiane christina christine cindy claire clara
    clarissa claudia clementine colette condoleezza constance consuelo cora coretta corinna corinne cristina cynthia
    dagmar dalia danica daniela daniella danielle daphne daria darya deborah debra deirdre delcy delia delphine
    denise desiree despina diana diane dilara dina divya dolores donna dora doris dorothea dorothy dorte ebba edith
    eileen ekaterina elaheh elaine eleanor elena eleni eleonora elif elina eline elisa elisabeth elise eliska
    elizabeth elke ella ellen elodie elsa elsbeth elvira emilia emilie emily emine emma enrica erica erika erin
    ernestine esme esmeralda esperanza estelle esther eugenia eugenie eunice eva evelina evelyn evgenia ewa fabienne
    farah fatima fatimah fatma fatou fatoumata faye federica felicia felicity filipa fiona flavia flora florence
    frances francesca franziska frauke freya frida gabriela gabriella gabrielle gail galina georgia geraldine gerda
    gertrude gesine ghada gillian gina giorgia giovanna gisela giulia gladys gloria golda grace graciela grainne
    greta gretchen gretel guadalupe gudrun gulnara gunilla gwen gwendolyn haifa hala halina hanan hanna hannah hanne
    hanneke harriet heather heba hedda hedwig heidi heike helen helena helga helle hend hermione hiba hilary hilde
    hildegard hillary hoda huda ida ilaria ilka ilke ilona imelda indira ines inga ingrid iolanda iphigenia irene
    irina irma isabel isabella isabelle isla ivana ivanka izabela jacinda jacqueline jadwiga jamila jana jane janet
    janice janina jasmin jasmine jean jeanette jeanine jeannette jelena jen jenna jennifer jessica jeta jill joan
    joana joanna jocelyn johanna jolanta josefina josephine joyce juana juanita judith judy julia juliana juliane
    julianna julie juliet juliette justine justyna kaja kamala karen karima karin karla karolina karoline katarina
    kate kateryna katharina katherine kathleen kathrin kathryn kathy katie katja katrin katrina katya kayla keiko
    khadija kimberly kira kirsten kirsty klara kristen kristi kristin kristina kristine krystyna lada laila lamia
    lana lara larisa larissa latifa laura lauren lavinia lea leah leila leilani lena leocadia leonie leonor leontine
    leslie letitia leyla lidia lieke liesl lila lilia lilian lillian lily lina linda linnea lisa lisbeth lise liubov
    livia liz ljubov lola lorena loretta lorna lorraine lotte louisa louise lucia lucie lucille lucinda lucy
    ludivine ludmila luisa luise lydia lynn lyudmila mabel madeleine madeline magda magdalena maggie mahsa mai maia
    malgorzata manuela mara marcela marcella marcia margaret margaretha margarida margarita margaux margit margot
    margrethe marguerite maria mariam mariana marianna marianne maribel marie marietta mariia marija marika marilyn
    marina marine marion marisa marisol marissa marit mariya marjorie marlene marta martha martina marwa mary maryam
    maud maura maureen maxine maya mbali meera megan meghan mehrnaz melania melanie melinda melisa melissa mercedes
    meredith merete meryem mette mia michelle mihaela milagros mildred milena millie mina minako minna mira miranda
    mireille mirela miriam mirjam mirjana molly mona monica monika montserrat morag muriel myriam myrna nada
    nadezhda nadia nadine nadiya naima naledi nancy naomi narges nasrin natalia natalie natalya natascha natasha
    nathalia nathalie natividad nazanin nelly nesrin ngozi nguyet niamh nicola nicole nicoletta nikki nilufer nina
    nirmala nisha noelle noemi nonhlanhla nora noura nura nuria octavia odette oksana oleksandra olena olga olha
    olivia oluchi ondine oona oriana orla ottilie paloma pamela paola pascale patricia patrizia paula paulina
    pauline pavla peggy penelope petra petronella philippa phoebe phyllis pia pilar polina polly priscilla priti
    priya rabia rachael rachel radka ragnhild raisa ramona rana rania raquel rasha rebeca rebecca rebekah renata
    renate renee rhea rhiannon rhoda rima rita roberta rosa rosalia rosalie rosalind rosanna rosemary roshni rosie
    rowena roxana roza ruba rukmini ruth ruxandra sabina sabine sabrina sadia sahra sakura sally salome samantha
    samar samia samira sandra sanja sanna saoirse sara sarah saskia scarlett selma serap serena sevda shabana
    shahida shaima shanta sharon sheena sheikha sheila shelley sheryl shira shireen shirley shreya sidonie siegrid
    sigrid silja silke silvia simona simone sina sinead siobhan sirpa sissel siv slavica snezana sofia solveig sonia
    sonja sophia sophie soraya stefania steffi stella stephanie stina sue sumaya sunita sunniva susan susana susanna
    susanne susie suzana suzanne svetlana sviatlana sybil sylvia tabitha tahira tamar tamara tammy tamsin tania
    tanya tara tarja tasneem tatiana tatjana tatyana teodora teresa tess tessa thandi thea thelma theresa therese
    thora tilda tina tonya tracy tricia trine trudy tulsi tuula ulrike uma ursula uta ute vaclava valentina valeria
    valerie valeriya vanessa vera verena veronica veronika vesna vibeke victoria vigdis viktoria viktoriia vilma
    viola violeta violetta viorica virginia vivian vivienne vlasta wafa wanda wangari wendela wendy wiebke
    wilhelmina wilma winifred xiomara yael yana yasmin yasmine yekaterina yelena yoko yolanda yukiko yulia yuliia
    yvette yvonne zahra zainab zaynab zdenka zeinab zeynep zhanna zinaida zita zlata zoe zofia zora zsofia zubaida
    zuzana zuzanna
    """
)
_MEN = words(
    """
    aaron abdel abdelaziz abdou abdoulaye abdul abdulaziz abdullah abdurrahman abel abiy abraham achille achim
    adalbert adam adama adel adem adewale adil adnan adolf adolfo adrian agustin ahmad ahmed ahmet ahto aidan akbar
    akin akira akos alain alan alastair albert alberto aldo alec aled alejandro alejo aleksander aleksandr aleksej
    alessandro alessio alex alexander alexandre alexandros alexandru alexei alexey alfons alfonso alfred ali
    alistair allan alvaro amadou amin amine amir amit amos anatoli anatoly anders andras andre andreas andrei andrej
    andres andrew andrey andrii andrzej andy angus anil ansel anselm anthony antoine anton antoni antonio antonis
    antony anwar apostolos aram archibald arjun armando armen arnaud arne arno arnold arsen arseniy artem arthur
    artur arturo arvid asad ashraf asif aslan atanas athanasios atif attila augusto aurelio axel aykut aziz
    babatunde baltasar baptiste barack barnabas barney barry bart bartosz bashar bassam bastian ben benedict
    benedikt benito benjamin benoit berat bernard bernardo bernie bert bertrand bilal bill bjorn blaise bob bogdan
    bohdan bohumil bojan boris borislav brad brandon branko brendan brent brett brian bruce bruno bryan burak caleb
    calvin cameron carl carles carlo carlos carsten casper cedric cem cesar chad charles charlie chidi chinedu chris
    christian christoph christophe christopher christos chuck chukwuma cillian claude claudio claus clement clifford
    clive colin conor conrad constantin cornelis cornelius cory costas craig cristian cristobal curtis cyril cyrus
    damian damien damir dan daniel danilo danny dario darius darko darrell darren daud dave david davide davor dean
    declan dejan demetrios demetrius denis dennis denys denzel derek dermot desmond devin diarmuid dick didier diego
    dieter dietmar dimitar dimitri dimitrios dimitris dinesh diogo dion dirk dmitri dmitry dmytro domingo dominic
    don donal donald doug douglas dragan dragomir duncan dusan dwayne dwight dylan eamon ebrahim eddie edgar edgars
    edmond edmund edouard eduard eduardo edvard edvin edward eero efrain egon ehud eitan ekrem eli elias elijah
    elliot elliott elmar elon elvis emanuel emeka emerson emil emile emilio emir emmanuel emre enrique enzo erdem
    eric erich erik ernest ernesto ernst erwin esteban ethan etienne eugen eugene eugenio evan evander evert evgeny
    ezra fabian fabio fabrice fabrizio fadi faisal farid farouk fatih federico fedor feliks felipe felix ferdinand
    fergus fernand fernando filip filippo fintan firas flavio fletcher florian florin francesco francis francisco
    franco francois franjo frank frans franz fred frederic frederick frederik fridtjof friedrich fritz fyodor gabor
    gabriel gael gareth garrett garrick gary gaston gavin gavril geert geir genaro gennady geoffrey george georgy
    gerald geraldo gerard gerhard gerhardt germain gervase ghassan giacomo gideon gilbert gilles gino giorgi giorgio
    giovanni giulio giuseppe glenn godfrey gonzalo goran gordon gottfried graham grant greg gregoire gregor gregory
    grigol grigory guido guilherme guillaume guillermo gunnar gunter gunther gustav gustavo guy gyula haakon hadi
    haitham hakan hakim halvard halvor hamad hamed hamid hamza hani hannes hanno hans harald haris harjit harold
    harry haruki hashim hassan hassane hector heiko heinz hektor helmut hendrik henk henri henrik henrique henry
    herbert hermann hernan herve hichem hiroshi horace horst howard hristo hubert hugh hugo hugues humberto husam
    hussein iain ian ibrahim ibrahima idris ignacio ignas ignatius igor ihor ilham ilie ilir ilya imran imre ingmar
    ioannis irakli ireneusz irving isaac isaias isam ishaq isidro ismael ismail issa istvan itamar ivan ivar ivo
    iyad jaak jaap jacek jack jacob jacques jaime jake jakob jakub jamal james jamil jan janez janis jannik janos
    janusz jared jari jaroslav jasper javad javier jawad jay jd jean-claude jean-luc jean-marc jean-noel jean-pierre
    jeff jeffery jeffrey jens jeremiah jeremy jeroen jerome jerry jesper jesse jethro jim jimmy jiri joachim joao
    joaquim joaquin jochen joe joel joerg johan johann johannes john johnny jon jonah jonas jonathan jonny joost
    jordan jorge joris jose josef josep joseph josh joshua josip josue jovan jozef jozsef juan jukka jules julian julien
    julio julius juraj jurgen juri jurij jussi justin kais kamal kamil karan karel karim karl karlheinz kaspar
    kasper kazimierz keanu keir keiran keith kelvin kemal ken kenji kenneth kerem kevin khaled khalid khalil kieran
    kiril kirill kjell klaas klaus klement knut koen kofi koji konrad konstantin kosta kostas krister kristian
    kristijan kristof krzysztof kurt kwame kwasi kyle kyriakos lajos lamine larry lars laszlo laurence laurent
    laurentiu lauri lawrence leandro lech lee leif leo leon leonard leonardo leonid leonidas leopold leroy leslaw
    lev levan levent liam lindsey lionel livio ljubomir lloyd loic lorenzo lothar louis loukas luc luca lucas lucian
    lucien lucio ludo ludovic ludwig luigi luis luiz lukas lukasz luke lyle maarten maciej mads magnus mahdi mahmood
    mahmoud majed majid maksim maksym malcolm malek malik mamadou manfred manoj manolis mansour manuel marat marcel
    marcelo marcin marco marcus marek marian marijn marinos mario marius mark markku marko markus marlon marten
    martin marvin marwan massimo mateusz mathias mathieu matias matija mats matt matteo matteus matthew matthias
    matti mattias maurice mauricio maurizio mauro max maxim maxime maximilian maxwell mehdi mehmet melvin mert
    michael michail michal michalis micheal michel michele mickael mieczyslaw miguel mihai miika mika mikael mike
    mikhail mikkel mikko miklos milan milos miloslav mircea mirko miroslav mirza mitch mitchell mitt moath modesto
    mohamed mohammad mohammed mohamud moises moritz morten moshe mousa moussa muammar muhammad mujtaba mukesh munir
    murad murat musa mustafa mustapha mykhailo mykola naftali naguib naim najib narendra nathan nathaniel nayib neal
    neil nenad nestor neville nicholai nicholas nick nicklas nico nicolaas nicolae nicolas nicos niels nigel niklas
    niko nikol nikola nikolai nikolaj nikolaos nikolas nikolay nikos nils nizar noah noam norbert noureddine numan
    octavio oisin okan oktay olaf olav ole oleg oleh oleksandr oleksii oleksiy oliver olivier oluwaseun omar omer
    onur orhan orlando osama oscar osvaldo oswald otto ousmane owen ozgur pablo padraig panagiotis paolo parviz
    pascal pat patricio patrick patrik patryk paul paulo pavel pavlo pawel pedro pekka per petar pete peter petr
    petras petro petter petteri phil philip philippe phillip pierce pierre piers piet pieter pietro piotr plamen
    poul pradeep prakash pranav prem prosper qasim quentin quincy rachid radek radoslaw radovan radu rafael rafal
    raffaele rafi raghav ragnar raheem rahul raimo rainer raj rajesh rajiv ralf ralph ramesh rami ramiro ramon
    ramzan randall randhir randy rangel raoul raphael rashid rasmus raul ravi ray raymond recep reginald regis
    reidar reiner remi renato rene renzo reuben reza rhys riad ricard ricardo riccardo richard richie rick rishi
    riyad rob robbie robert roberto rocco rodney rodolfo rodrigo rodrigue rogelio roger roland rolando rolf romain
    roman romano romeo romulo ron ronald rory ruben rudi rudolf rudy rufus rui rupert ruslan russ russell rustam
    ryan ryszard saad sabri sadiq sajid salah saleh salim salman salvador salvatore sam sami samir samson samuel
    sander sandor sanjay santiago saul sayed scot scott seamus sean sebastian sebastiao sebastien sedat selim semyon
    serdar serge sergei sergey sergio sergiy serhii serhiy seth seymour shahid shane shaun shimon shinzo shmuel sid
    siegfried sigmar sigurd silas silvio simeon simon sinan slavko slobodan sofiane solomon soren spiro spyros stan
    stanislav stavros stefan stefano stefanos steffen stellan stephane stephen steve steven stewart stipe stuart
    subhash suleiman sunil suresh svein sveinn sven sverre syed sylvain sylvester tadeusz taha takeshi tamas taras
    tarek tarik tariq tauno tayyip ted teemu teodor terence terry teun thabo thaddeus thanos theo theodor theodore
    theodoros thierry thomas thor thorsten tiago tibor tim timo timothy timur tito tobias tobin todd tom tomas
    tomasz tomislav tommaso tommy tony torbjorn torsten travis trevor tristan troy tuomas turgut tyrone ugo ulrich
    umar umberto uriel urs usman uwe vaclav vadim vadym vahid valdis valentin valentino valerio valeriy valery
    vangelis vasco vasil vasile vasilis vasily vassilis vasyl veljko viacheslav vicente victor vidar viggo vijay
    viktor viktoras vilem ville vince vincent vincenzo virgil vitali vitaliy vitaly vito vittorio vivek vlad vladan
    vladimir vladimiro vladislav vladyslav vojtech volker volodymyr vuk vyacheslav waldemar waleed walid wally
    walter wayne werner wieslaw wilbur wilfred wilfried wilhelm will willem willi william willy wim winston
    wladyslaw wojciech wolfgang wopke xabier xavi xavier yahya yair yakov yann yannick yannis yaroslav yaser yasser
    yaw yevgeny yevhen yiannis yitzchak yitzhak yoav yorgos yousef youssef yukio yuri yuriy yury yusuf yves zachary
    zafar zakaria zaki zaur zbigniew zdenek zdravko zeljko zhivko zlatan zoltan zoran zygmunt
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
