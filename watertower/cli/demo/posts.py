"""What is said in the demonstration."""

POSTS = {
    "gardens": (
        "First #tomatoes of the year. They taste like last August.",
        "The slugs have held a meeting and the lettuce lost the vote. #gardening",
        "Does anybody have a cutting of a fig tree to spare? I can offer rhubarb.",
        "Rain at last. I stood in it for a while, for the record.",
        "Compost report: warm, smells of forest, home of one very content toad. #compost",
        "Planted garlic today. The best crop for people who forget what they planted.",
    ),
    "bread": (
        "New flour, new starter, same impatience. #sourdough",
        "If your crust does not sing when it cools, it was not hot enough.",
        "Rye, 80 % hydration, 14 hours. I will not be taking questions, I will be eating. #baking",
        "Somebody asked for a recipe. It is: flour, water, salt, time. Mostly time.",
        "The bakery is closed on Monday because the baker is at the lake.",
        "Made cinnamon buns for the neighbours who put up with the mixer at 4 in the morning.",
    ),
    "code": (
        "Deleted 1,200 lines today. Nothing of value was lost. #python",
        "A good error message says what was refused and what to do next. That is the whole post.",
        "Wrote the test first, and the test was right. #testing",
        "Naming things, part 94: if you need the word 'manager', you have not found the noun yet.",
        "The bug was in the cache. It is always in the cache, except when it is a time zone.",
        "Reviewed a pull request with more tests than code. Sent flowers.",
    ),
    "trains": (
        "Seven hours by the window, one whole book, two changes that worked. #trains",
        "The night train has curtains. Nothing bad can happen behind curtains.",
        "Regional line 4 in the fog, a deer on the platform, nobody in a hurry.",
        "They repainted the old station clock and now it is wrong in a nicer colour.",
        "Nine minutes to change in Basel. I brought running shoes and dignity, and kept one.",
    ),
    "birds": (
        "Kingfisher at 6:40, gone at 6:40 and one second. #birds",
        "The blackbird on the roof has learned the neighbour's ring tone.",
        "Counted swifts with the children. We agreed on 'many'. #birding",
        "A heron stood in the canal like somebody who has forgotten why they came in.",
        "Cranes overhead tonight. You hear them before you believe them.",
    ),
    "music": (
        "Rehearsal tonight in the old fire station. Bring a chair. #music",
        "Changed one string and now the other three complain.",
        "Learning a piece by ear from a record that jumps. I now also play the jump.",
        "There is a choir in the car park on Thursdays and it is the best thing in this town.",
        "The quietest note of the concert was the one everybody talked about afterwards.",
    ),
    "photos": (
        "Morning light over the water tower. #photography",
        "Fog, one tree, no filter but patience. #blackandwhite",
        "The harbour after the rain.",
        "Hills, from the bus, through the window, quickly.",
        "Last light. I was almost too late, which is the right time.",
        "The same tower as last week; the sky made an effort.",
    ),
    "books": (
        "Somebody returned a library book from 1987. We waived the fine and framed the slip. #books",
        "Reading group on Tuesday: short stories about long winters.",
        "The best review I heard today: 'I missed my stop.' #reading",
        "A child asked for a book about a dog that is also about space. We found two.",
        "Library news: the chair by the window has been repaired. First come, first read.",
    ),
    "bikes": (
        "Repair café on Saturday, ten to two. Bring your squeaks. #cycling",
        "Replaced a chain that had seen things.",
        "Head wind both ways, as is tradition.",
        "A nine-year-old fixed her own puncture today and then fixed her father's.",
        "The new cycle path ends in a hedge, but it is a lovely hedge. #bikes",
    ),
    "space": (
        "Saturn through the small telescope. You could hear people go quiet. #astronomy",
        "Clouds again. I have observed forty-one clouds this week.",
        "The mirror is ground, the tube is straight, the cat is inside the tube.",
        "Meteor shower tonight, field behind the school, bring blankets. #space",
        "A satellite, a plane, and then, finally, a star.",
    ),
}

WARNED = (
    ("Spoilers for the film club", "It was the gardener, and also the gardener's twin."),
    ("Spider (harmless, large)", "One moved into the shed. We have agreed on terms. #spiders"),
    ("Dentist", "Went well, actually. Two hours of classical radio and a free toothbrush."),
    ("Mondays", "They keep making them."),
)

POLLS = (
    (
        "What shall the community garden grow along the south wall?",
        ("Figs", "Grapes", "Beans", "Peaches"),
    ),
    ("Film club on Thursday:", ("A silent one", "A loud one", "The one with the train")),
    ("Tabs or spaces? (Asking for nobody.)", ("Tabs", "Spaces")),
    ("When should the repair café be?", ("Saturday morning", "Sunday afternoon")),
)

REPLIES = (
    "This made my morning.",
    "I have so many questions, but mostly: where?",
    "Same here, only with more mud.",
    "Could you bring some on Saturday?",
    "My grandmother said exactly this, in other words.",
    "Saved for later. Thank you!",
    "I respectfully disagree and will bring cake to prove it.",
    "How long did that take you?",
    "Adding this to the list of reasons to move there.",
    "Wonderful. Is there a picture?",
    "I tried this last year. Bring a towel.",
    "Counting on you for Tuesday then.",
)

PICTURES = (
    "A water tower on a hill at sunrise, the sky orange and violet.",
    "Three rows of hills in the evening, each one paler than the one before.",
    "A low sun over calm water, its light a long stripe.",
    "A water tower in front of a pale morning sky.",
)
