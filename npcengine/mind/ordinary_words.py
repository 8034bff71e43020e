"""English words as data for the rules that learn about the player: what is a name and what is none."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


TITLES = word_set("sir lady lord captain king queen prince princess duke duchess count master mistress doctor dr")

NO_NAMES = word_set("""
    a about above absolutely afraid after again against alive all allowed almost alone already also always amazed an
    and angry annoyed anxious any anyone armed as ashamed asleep at awake aware away awful bad back badly barely bear
    beautiful because been before behind below beneath best better beyond big bleeding blessed blind blue bored born
    both brave broke broken busy but by calling careful certain clear clever close cold coming content cool crazy
    cruel curious cursed dangerous dead deaf deep desperate different dirty doing done down drunk dry dumb dying
    eager early easy either elsewhere empty enough even ever every everyone evil excited exhausted fair fairly far
    fast fat fed feeling fine finished first flattered fond for foreign forgotten free fresh friendly from frozen
    full fun furious further gentle getting giving glad going gone good grand grateful great green grown guilty half
    happy hard hardly harmless heading healthy heavy her here hers high him his holy home honest honoured honored
    hot how human humble hungry hurt ill immortal immune important impressed in indeed innocent inside interested
    into intrigued invisible irrelevant it its jealous just keen kind kinda known lame last late later lazy leaving
    left legend less liar like likely little living lonely long looking lost loud low lucky mad made many married me
    mean merely merry mighty mine mistaken more mortal most much mud mute my myself naked naturally near nearly
    nervous neutral never new next nice no nobody none not nothing now nowhere numb obviously odd off okay ok old on
    once one only open or other our out outside over own pale perfect perfectly plain pleased poor possibly powerful
    pregnant pretty prepared probably proud quick quiet quite rather ready real really red rich right rude sad safe
    same satisfied saved saying scared secret seeking serious set several shocked short shy sick silent silly simple
    simply single sleepy slow small smart so sober some somebody someone something sometimes somewhat somewhere
    soon sorry sort special spelled spelt starved starving still stone strange stranger strong stuck stupid such
    super sure surely surprised sweet tall tasty terrible terrified than thankful that the their them then there
    these they thick thin thirsty this those though through thus tired to today together tomorrow tonight too torn
    totally tough touched towards trained trapped trouble troubled true truly trying two ugly unable under unknown
    unsure until unwell up upset upstairs us used useless usually very vexed warm was wasted weak wealthy weary
    weird well wet what whatever when where whether which while white who whole whoever whose why wicked wide wild
    willing wise with within without wonderful worn worried worse worth wounded wrong yet you young your yours

    adventurer alchemist apprentice archer assassin baker bandit bard beggar blacksmith boy brother carpenter child
    cleric cook customer dwarf elf enemy farmer father fighter fisherman fool friend gentleman ghost girl goblin god
    guard guest healer hero hunter husband idiot innkeeper killer knight lawyer mage maid man merchant messenger
    miller miner monk monster mother murderer nun orc orphan paladin patient peasant pilgrim pirate poet priest
    rogue sailor scholar seller servant sister slave smith soldier son spy student teacher thief traveler traveller
    vampire visitor wanderer warrior widow witch wizard woman

    abroad agreed amazing american and anybody army asking begging belong bet bound british chinese christmas dutch
    english french german greek indian irish italian japanese jewish korean latin norse polish portuguese russian
    scottish spanish swedish turkish welsh
    admin administrator ai assistant bot chatbot computer developer human instruction instructions ignore model npc
    player prompt robot system user none null undefined
    business concern everything joke kidding guessing hoping listening sir madam traveller stumped skint peckish
    chuffed knackered alright cross grumpy groggy dizzy dumbfounded famished parched penniless bankrupt homeless
    positive negative famous infamous royalty royal noble common ordinary normal weirdly ready immortal invincible
    unarmed unharmed alarmed appalled in your my their name names maybe please remember unemployed undercover
    """)
"""What follows "I'm" or "my name is" without being a name."""

NO_PLACES = word_set("""
    a abroad afar all an another any around away below beyond both elsewhere everywhere far good hell here heaven
    his her home humble it its left money my near nearby nobility nothing nowhere one our out outside overseas
    people poor right some somewhere that their them then there these they this those time today tomorrow town
    autumn captivity chains darkness luxury misery poverty prison secret shame spring summer war wealth winter
    two under up us very what where which who work yesterday you your yours
    """)
"""What follows "I'm from" without being a place."""

REGIONS = word_set("""
    badlands capital castle city cliffs coast colonies country countryside desert downs east empire fens forest
    harbour harbor highlands hills island islands isles kingdom lowlands marsh marshes moors mountains north
    northeast northwest plains port provinces sea south southeast southwest steppe steppes swamp valley village
    wastes west wilds woods
    """)
"""What "I come from the …" may end with."""

GIVEN_NAMES = word_set("""
    aaron abby abigail adam adele adrian agnes aiden alan albert alex alexander alexandra alfred alice alicia alma
    amanda amber amelia amir amy ana andrea andrew angela anita ann anna anne anthony anton arthur arya astrid aubrey
    audrey barbara bartholomew beatrice ben benjamin bernard beth bethany bilbo bjorn bob bonnie brandon brenda brian
    bridget bruno caleb camilla carl carla carlos carmen caroline catherine cecil cedric celia charles charlie
    charlotte chloe chris christian christina christopher claire clara claudia clive colin conan conrad cora cornelius
    craig cynthia daisy damian dan daniel danielle daphne david deborah dennis derek diana diego dmitri dominic donald
    dora doris dorothy douglas duncan dylan edgar edith edmund edward edwin eileen elaine eleanor elena eli elias
    elijah elise eliza elizabeth ella ellen elliot elsa emil emily emma eric erica erik ernest esther ethan eugene eva
    evan eve evelyn felix fergus fiona florence frances francis frank fred freda frederick freya gabriel gareth gavin
    geoffrey george georgia gerald gerard gilbert gina giovanni gloria gordon graham greg gregory greta guinevere
    gunther gwen hannah hans harold harriet harry hector heidi helen helena henrietta henry herbert hilda howard hugo
    ian ida igor ines ingrid irene isaac isabel isabella isla ivan ivy jack jacob jacqueline james jamie jan jane janet
    jared jasmine jason jasper jean jeff jennifer jenny jeremy jess jesse jessica jim joan joanna joe joel john
    johnny jonas jonathan jordan jorge josef joseph joshua juan judith julia julian juliet june justin karen karl kate
    katherine kathleen katie keith kelly ken kenneth kevin kim kira klaus kurt lara larry laura lauren lawrence leah
    leo leon leonard leopold leslie lewis liam lily linda lisa liz logan lola lorenzo louis louisa louise lucas lucia
    lucy luis luke luther lydia mabel magnus malcolm marcel marco marcus margaret maria marian marie marina marion
    mario marius martha martin marvin mary mateo matilda matt matthew maud maurice maximilian maya megan melanie
    melissa merlin mia michael michelle mike mildred millie mina miranda miriam molly monica morgan morris moses
    muriel nadia nancy naomi natalie natasha nathan ned neil nell nelson niamh nicholas nick nicola nicole nigel nina
    noah noel nora norman olaf olga oliver olivia omar ophelia oscar otto owen pamela pablo patricia patrick paul paula
    pauline pedro penelope percy peter phil philip phoebe pierre polly quentin rachel ralph ramona raphael raymond
    rebecca regina reginald rhys richard rita robert roberta robin rodney roger roland roman ronald rosa rosalind
    rosemary ross rowan roxanne rudolf rufus rupert russell ruth ryan sabrina sally sam samantha samuel sandra sara
    sarah sasha scott sean sebastian selena sharon sheila sherlock shirley sibyl siegfried silas silvia simon sofia
    sonia sophia sophie stanley stefan stella stephanie stephen steve steven stuart susan susanna sven sybil sylvia
    tamara tanya tara ted teresa terry tess thea theo theodora theodore theresa thomas tiffany tilda tim timothy tina
    tobias toby todd tom tommy tony tracy tristan ulrich una ursula valentina valerie vanessa vera veronica victor
    victoria viktor vincent viola violet virginia vivian vladimir wallace walter wanda warren wendy wilbur wilfred
    wilhelm will william willow winifred winston xavier yara yasmin yolanda yusuf yvonne zach zachary zara zelda zoe
    """)
"""Common first names: what a recogniser that writes no capitals is believed."""
