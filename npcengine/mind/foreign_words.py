"""Names and things of our own world, by kind, that a character of another has never heard of; data, no code."""

from __future__ import annotations

from types import MappingProxyType

WORDS = MappingProxyType(
    {
        "machine": """
            xp hitpoints nerf nerfed respawn respawned multiplayer savegame quicksave dlc fps devs speedrun noob afk
            hitbox captcha gigabyte gigabytes megabytes cpu gpu chatbots uninstall reinstall tutorial
        """,
        "modern": """
            internet supermarket highway fax motorbike motorcycle playlist livestream hashtag chatbot
            website online wifi wi-fi smartphone smartphones iphone ipad android laptop laptops google
            wikipedia facebook twitter youtube tiktok instagram snapchat whatsapp netflix spotify
            microsoft television tv telly radio telephone phone phones cellphone email e-mail gmail sms
            selfie selfies helicopter airplane aeroplane airport motorway freeway petrol diesel uber
            taxi mcdonalds starbucks coca-cola pepsi pizza hamburger paypal bitcoin mastercard microwave
            fridge refrigerator dishwasher elevator escalator photocopier playstation xbox nintendo
            minecraft fortnite antibiotic antibiotics paracetamol ibuprofen aspirin vaccine ambulance
            electricity nuclear podcast podcasts bluetooth usb software hardware app
        """,
        "earth": """
            switzerland swiss dubai singapore thailand indonesia philippines pakistan afghanistan saudi
            nigeria kenya ethiopia cuba chile colombia peru venezuela portugal portuguese finland
            iceland hungary romania bulgaria croatia serbia czech slovakia lithuania latvia estonia
            syria lebanon bangladesh nepal mongolia taiwan malaysia vienna lisbon athens dublin
            amsterdam brussels stockholm oslo copenhagen helsinki warsaw prague budapest istanbul cairo
            mumbai delhi shanghai seoul bangkok chicago boston seattle miami florida toronto montreal
            melbourne barcelona manchester liverpool disneyland eiffel everest himalaya amazonas sahara
            pacific gandhi mandela churchill lincoln roosevelt reagan clinton merkel macron zelensky
            musk bezos zuckerberg aristotle galileo tesla edison freud marx lenin mao cleopatra beatles
            madonna eminem elvis america american usa britain british england english germany german
            france french spain spanish italy italian russia russian chinese japan japanese india indian
            brazil canada australia mexico argentina africa asia europe european poland sweden norway
            denmark netherlands belgium austria greece egypt israel iran iraq korea vietnam ukraine
            ireland scotland london paris berlin rome madrid moscow tokyo beijing sydney washington
            california texas hollywood vatican jerusalem jesus christ christian christianity islam
            muslim muslims quran koran bible buddha buddhist hindu jewish trump obama biden putin hitler
            stalin napoleon einstein shakespeare mozart beethoven picasso waterloo auschwitz nasa nato
            messi ronaldo beyonce rihanna hogwarts pokemon disney batman superman spiderman jupiter
            neptune uranus
        """,
        "homework": """
            javascript typescript html css sql json yaml xml regex algorithm calculus pythagoras
            pythagorean polynomial trigonometry
        """,
    }
)
"""Single words; what may mean something in any world (a bus is none, a mouse is) is left to the meaning of the line."""

AT_HOME = MappingProxyType(
    {
        "machine": "robot robots android androids computer computers ai droid droids cyborg program programs software",
        "modern": """
            taxi telephone phone phones television tv radio computer computers internet airport
            electricity motorcycle starship spaceship spacecraft reactor laser robot robots android
            androids hologram email website satellite helicopter subway elevator camera software police
            airlock
        """,
    }
)
"""Words of a character's file by which a kind of talk is at home in its world."""
