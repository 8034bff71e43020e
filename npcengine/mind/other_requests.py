"""What players ask of anybody: a declared action must be nearer to a wish than all of these; data, no code."""

OTHER_REQUESTS = (
    "tell me a story", "tell me about yourself", "come with me", "go away", "wait here", "give me some money",
    "sell me something", "buy this from me", "open the door", "open the window", "close the door", "open the box",
    "clean the floor", "light a fire", "pass the salt", "help me", "show me the way", "teach me something",
    "bring me something to drink", "give me something to eat", "read me a book", "sing a song", "play a game",
    "fix this", "hold this for me", "look at this", "listen to me", "answer me", "be quiet", "sit down", "stand up",
    "get out of here", "run for your life", "kill him", "attack them", "heal me", "let me in", "let me out",
    "let me go", "feed the animals", "wash the dishes", "sweep the yard", "chop some wood", "carry this bag",
    "write a letter", "call somebody", "find my friend", "follow that man", "take me home", "leave me alone",
    "count the coins", "jump into the river", "describe it to me", "explain it to me", "lend me your horse",
    "give me your hat", "guard the entrance", "throw it away", "break it", "burn it", "paint it", "lift that stone",
    "carry that box for me", "pass me the bread", "feed the cat", "open your eyes", "show me your hands",
    "work for you", "become a knight", "marry you", "learn something new", "go home", "know the truth",
    "sleep a little", "speak to your master", "buy a house", "have a look around", "ask you something",
    "make you happy", "eat something", "tell you a secret", "meet your family", "see the world", "earn some money",
    "be your friend",
)  # fmt: skip
