"""What players say and what facts tell, by the emotion that it calls up in whoever hears or tells it; data, no code."""

from __future__ import annotations

from types import MappingProxyType

UNMOVED = "unmoved"
"""Names the lines that call up nothing."""

MOVING = MappingProxyType(
    {
        "angry": (
            "You are an idiot.", "You're a fool and a liar.", "I hate you.", "Shut your mouth.", "You're worthless.",
            "You are ugly.", "Your work is rubbish.", "You're nothing but a thief.", "What a stupid thing to say.",
            "Everyone laughs at you behind your back.", "You're the worst I have ever dealt with.",
            "You're a coward.", "Your mother was a pig.", "You cheated me!", "You good for nothing drunkard.",
            "A child could do your job better.", "I spit on your family.", "You stole from me.",
            "I broke your things on purpose.", "Get lost, you old fool.", "You smell like a goat.",
            "It is all your fault.", "I'm going to tell everyone what a fraud you are.",
        ),
        "firm": (
            "Do as I say or you will regret it.", "I'll kill you if you don't talk.",
            "Give me your money or I hurt you.", "Obey me at once.", "I order you to kneel.",
            "You have to do it, I command you.", "Break the rules for me.", "Answer me, or I will cut you.",
            "Give it to me for free.", "Lower your price or I leave.", "I'll make you pay for this.",
            "You can't stop me.", "Betray your friend for money.", "Take this bribe and look away.",
            "I will burn your house down.", "Tell me your secret right now.", "I demand to be let in.",
            "Hand it over or else.", "You'd better do what I want.", "Get out of my way.", "Help me steal it.",
            "I have more right to be here than you.",
        ),
        "afraid": (
            "There is a monster right behind you!", "They are coming to kill you.", "The enemy is at the door!",
            "Run, it's going to explode!", "Someone has been sent to murder you.", "The dragon has woken up.",
            "I saw a ghost in your cellar.", "The dead are walking.", "The killer is among us.",
            "You will die tonight.", "The soldiers are looking for you with drawn swords.",
            "Something is breathing in the dark.", "The beast has got loose!",
        ),
        "worried": (
            "Help, somebody is hurt!", "A child has gone missing.", "There is a fire!", "Your son is in trouble.",
            "I feel very ill.", "The wound won't stop bleeding.", "They have captured your friend.",
            "A storm is coming and the boats are still out.", "We are running out of food.",
            "There is sickness in the town.", "I think someone is following me.", "The army is marching on us.",
            "She has not come home since yesterday.", "We are under attack!",
            "Something terrible is going to happen.", "I'm scared.", "The wall is about to give way.",
            "You look pale, are you sick?", "I might lose my house.", "He is dying, come quickly!",
        ),
        "sad": (
            "My father died yesterday.", "My husband is dead.", "We buried her this morning.",
            "I lost everything I had.", "I am so lonely.", "My child didn't survive the winter.",
            "I will never see my home again.", "He was killed in the war.", "I miss her every day.",
            "This is goodbye for ever.", "Your old friend has passed away.", "I can't stop crying.",
            "There is no hope left.", "Nobody loves me.", "They destroyed my village.", "My dog died.",
            "She left me.", "Do you miss your mother?", "How did your wife die?", "I have failed everyone.",
            "I am sorry for your loss.",
        ),
        "happy": (
            "Thank you so much!", "You're wonderful.", "That's the finest work I have seen.", "You saved us all.",
            "I'm very grateful to you.", "Good news, we won!", "The war is over!", "You are the best.",
            "Let's celebrate!", "It's a boy!", "I brought you a present.", "Well done!",
            "Everyone speaks highly of you.", "We found your daughter, safe and sound.", "Congratulations!",
            "It works perfectly, thanks to you.", "I'm so glad to see you.", "This tastes delicious.",
            "Your song was beautiful.", "You have been very kind to me.", "You did a brilliant job.",
            "We are getting married!", "I'll pay you double.",
        ),
        "tender": (
            "I love you.", "You mean a lot to me.", "I'm sorry for what I said.", "Please forgive me.",
            "You can count on me.", "I will always be at your side.", "You are not alone.",
            "Let me help you carry that burden.", "I believe in you.", "Your family loves you.",
            "You are like a mother to me.", "I was wrong and I apologise.", "Don't be sad, I am here.",
            "You've a good heart.", "I trust you with my life.", "Rest now, I will take care of it.",
            "I made this for you myself.", "Are you all right? You seem troubled.", "I care about you.",
            "Your brother is proud of you.",
        ),
        "amused": (
            "Want to hear a joke?", "Why did the chicken cross the road?", "Tell me something funny.",
            "I tripped over my own feet again.", "You're pretty, will you marry me?", "Give me a kiss, handsome.",
            "I could beat a bear with one hand.", "Here is a riddle for you.", "Have you ever danced with a pig?",
            "I'm the king of the moon.", "Do you come here often, gorgeous?", "Haha, that's hilarious.",
            "My hat is older than you are.", "I fell into the pond dressed in my best clothes.",
            "I bet you snore like a bear.", "I'm so hungry I could eat the table.", "A duck walks into a tavern.",
        ),
        "surprised": (
            "You'll never guess what happened!", "I'm your long lost brother.", "I found a fortune under the floor.",
            "The king is here in disguise.", "The statue moved by itself.", "It was you all along!",
            "I come from the future.", "Your father is alive!", "Look, it's floating in the air!",
            "I just saw the mayor stealing chickens.", "You have inherited a castle.",
            "Did you hear? They ran off together!", "I am actually a prince.", "The dead man opened his eyes.",
            "Surprise!", "I know who did it, and you won't believe it.",
        ),
        "disgusted": (
            "There is a dead rat in the soup.", "I just stepped in dung.", "He vomited all over the floor.",
            "The meat is full of maggots.", "I ate a raw toad.", "This tastes horrible.",
            "The whole place stinks of rot.", "I haven't washed for a year.", "There are worms in my bread.",
            "Look at this oozing sore.", "I found a hair in my food.", "Do you want to lick my boot?",
            "The latrine has overflowed.", "I drink blood for breakfast.",
        ),
        UNMOVED: (
            "Hello.", "Good morning.", "Goodbye for now.", "Who are you?", "What do you do here?",
            "Where is the market?", "How much is it?", "What time is it?", "Tell me about this place.",
            "Do you know him?", "Who lives there?", "How do I get there?", "Can you open the door?",
            "I would like to buy something.", "What's your name?", "When does it begin?", "Is it far?",
            "I came from the south.", "Nice weather today.", "What is that?", "Why is it closed?",
            "Do you have any work for me?", "Have you seen a woman in red?", "What happened here?",
            "Can you repair this?", "I am a traveller.", "Where can I sleep?", "How old is the bridge?",
            "What do you think about the king?", "Do you have a brother?", "Who made this?",
            "I'm looking for someone.", "See you later.", "I don't understand.", "Yes.", "No.", "Perhaps.", "Go on.",
            "What do you sell?", "Show me the way, please.", "Where does the road lead?",
            "How long have you lived here?", "Is there a doctor in town?", "What do you eat?",
            "Give me the key, please.", "I want to learn from you.", "Tell me more about your family.",
            "What is the news?", "Take me across the lake.", "I need a new coat.",
        ),
    }
)  # fmt: skip
"""Lines of players."""

MOVING_FACTS = MappingProxyType(
    {
        "sad": (
            "Her father died nine years ago.", "His wife and child died of the fever.",
            "She lost her only son in the war.", "He has never got over the death of his brother.",
            "She buried her husband last spring.", "His best friend was killed.",
            "She has lived alone since she was widowed.", "He was left an orphan.",
            "Her sister drowned in the lake.",
        ),
        "worried": (
            "Her brother owes money to dangerous men.", "His son has been missing for a week.",
            "She fears for her children.", "Somebody in the town wants him dead.", "He is being blackmailed.",
            "His daughter is gravely ill.",
        ),
        "amused": (
            "The goat once ate the mayor's hat.", "The dog bites everyone who owes money.",
            "He fell into the pond at his own wedding.", "The parrot has learned to swear.",
            "She once won a pig at cards.",
        ),
        "happy": (
            "Her daughter is to be married in spring.", "He is proud of his apprentice.",
            "The harvest was the best in years.",
        ),
        UNMOVED: (
            "The inn is named after three birds.", "The tower was built a hundred years ago.",
            "The gate is locked at night.", "Bread costs twice what it did.", "Bandits camp in the hills.",
            "The road leads north to the city.", "Her brother runs the mill.", "He keeps the key to the gate.",
            "The lord comes once a year to collect taxes.", "The old barn burned down last year.",
            "She made the lock herself.", "Some say that the smith was drunk that night.",
            "The ship sails every other week.", "The soldiers asked her for arrows, and she refused.",
            "He came here from the south.", "The mountain is two days away.", "He was a soldier for many years.",
            "The thieves stole the duke's silver.", "She sells candles and soap.",
            "The miller moved to another town.", "Nobody knows who lit the fire.",
            "He saw two men cross the bridge.", "The bell is called Martha.", "The book belongs to the abbey.",
            "She knows everybody's business.", "The cat is called Soot.",
        ),
    }
)  # fmt: skip
"""Facts, as a character file puts them."""
