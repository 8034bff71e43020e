"""English words that sound the same: a recogniser writes one for the other; knows no character."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_GROUPS = """
    ail ale | air heir | aisle isle | allowed aloud | altar alter | ate eight | bail bale | bald bawled |
    band banned | bare bear | bark barque | base bass | beach beech | bean been | beat beet | beau bough bow |
    beer bier | bell belle | berry bury | berth birth | blew blue | boar bore | board bored | bolder boulder |
    born borne | boy buoy | brake break | bread bred | brew bruise | bridal bridle | broach brooch | buy by |
    cannon canon | carrot karat | cast caste | cell sell | cellar seller | cent scent sent | cereal serial |
    chased chaste | cheap cheep | chews choose | choir quire | chord cord | cite sight site | clause claws |
    coal kohl | coarse course | colonel kernel | core corps | council counsel | creak creek | crews cruise |
    cue queue | dam damn | days daze | dear deer | dew due | die dye | doe dough | does dose | done dun |
    draft draught | duel dual | earn urn | ewe you yew | eye i | faint feint | fair fare | feat feet | find fined |
    fir fur | flair flare | flea flee | flees fleas | flew flu | flour flower | for four | fort fought |
    forth fourth | foul fowl | frays phrase | freeze frees | gait gate | gamble gambol | gilt guilt |
    gorilla guerrilla | grate great | grave gravy | grease greece | groan grown | guessed guest | guys guise |
    hail hale | hair hare | hall haul | hay hey | heal heel | hear here | heard herd | higher hire | him hymn |
    hoard horde | hoarse horse | hole whole | holy wholly | hour our | idle idol | inn in | jam jamb | key quay |
    knead need | knight night | knit nit | knot not | know no | lamb lam | lane lain | laws lores | lead led |
    leak leek | liar lyre | links lynx | loan lone | loch lock | made maid | mail male | main mane | maize maze |
    manner manor | marshal martial | meat meet | medal meddle | metal mettle | might mite | mind mined | miner minor |
    missed mist | moan mown | moat mote | mourning morning | mule mewl | muscle mussel | naval navel | new knew |
    none nun | oar ore | one won | paced paste | pail pale | pain pane | pair pear | palace pallets | passed past |
    patience patients | pause paws | peace piece | peak peek | peal peel | pearl purl | pedal peddle | peer pier |
    place plaice | plain plane | pleas please | plum plumb | pole poll | poor pour | pray prey | price prize |
    prince prints | principal principle | profit prophet | quarts quartz | queen quean | rain reign rein |
    raise rays | rap wrap | read red reed | reek wreak | rest wrest | right write | ring wring |
    road rode rowed | roll role | root route | rose rows | rough ruff | rye wry | sail sale | scene seen |
    sea see | seal ceil | seam seem | sew so sow | shake sheikh | shoe shoo | shore sure | side sighed | slay sleigh |
    saw soar sore | sole soul | some sum | son sun | spell spill | staid stayed | stair stare | stake steak |
    stationary stationery | steal steel | stile style | storey story | straight strait | suite sweet | tail tale |
    tax tacks | team teem | tear tier | their there | threw through | throne thrown | thyme time | tide tied |
    tire tyre | to two too | toad towed | toe tow | told tolled | ton tun | vain vein | vale veil | vial vile |
    wail whale | waist waste | wait weight | wall whorl | war wore | ware wear where | warn worn | warrior worrier |
    wax whacks | way weigh | we wee | weak week | weather whether | weave we've | which witch | while wile |
    whine wine | who hoo | wood would | yoke yolk | yore your
"""

SAME_SOUND: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        word: tuple(other for other in group.split() if other != word)
        for group in _GROUPS.replace("\n", " ").split("|")
        for word in group.split()
    }
)
"""Each word, and those that it may have been."""
