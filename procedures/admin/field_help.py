"""What each field of the editors' forms asks for, with an example: shown beside the field, in place of the model's words.

Keys are the model's name and the field's. Each entry is the label and the help.
"""

FieldHelp = dict[str, tuple[str, str]]

TEXT_HELP = (
    "Plain words, sentences up to 20 words, paragraphs up to 3 sentences. [^S2] after a fact says that it comes from source S2. "
    "“- ” starts a bullet, “### ” a sub-heading. [[shared:…]] or [[local:…]] on a line of its own brings in a shared text or the "
    "department's own answer."
)
ORDER_HELP = "1 comes first. Leave gaps (10, 20, 30) if you like: only the order counts."

PAGE: FieldHelp = {
    "slug": (
        "Address",
        "The end of the page's address: “nephrostomy” for /procedures/nephrostomy/. Small letters and hyphens. Never change it once "
        "it is printed on a letter.",
    ),
    "summary": (
        "Line for lists",
        "What it is and what it is for, in under 30 words, for lists and search results: “A thin tube that drains urine from a "
        "blocked kidney into a bag.”",
    ),
    "search_words": (
        "Words people search for",
        "What people type, slips and all, one to a line: “kidney tube”, “nefrostomy”. Never shown.",
    ),
    "written_by": ("Written by", "A role or a team is enough: “The IR nurses”."),
    "last_checked": ("Last checked", "The day on which the text was held against its sources."),
    "next_check": (
        "Next check",
        "When it must be checked again at the latest, as a rule a year later. The page says so if the day passes.",
    ),
}

FIELD_HELP: dict[str, FieldHelp] = {
    "procedure": PAGE
    | {
        "name": (
            "Name",
            "As patients say it, the medical word in brackets: “Kidney drain (nephrostomy)”. It is the heading of the page.",
        ),
        "short_name": ("Short name", "For lists and inside sentences: “nephrostomy”."),
        "category": ("Category", "The shelf on which people look first."),
        "also_in": ("Also in", "Other shelves on which it stands too, such as Cancer."),
        "medical_names": (
            "Other medical names",
            "What letters call it, one to a line: “percutaneous nephrostomy”. Listed in the A to Z.",
        ),
        "abbreviations": ("Abbreviations", "One to a line: “RIG”. Listed in the A to Z."),
        "duration_low": ("Shortest usual time, in minutes", "20 of “20 to 40 minutes”."),
        "duration_high": (
            "Longest usual time, in minutes",
            "40 of “20 to 40 minutes”. Leave both empty if no source gives a time.",
        ),
        "duration_text": (
            "How long it takes",
            "One or two short sentences with their source: “About 20 to 40 minutes. [^S2]” If no source says: “We have found no "
            "figure. Ask us on the day.”",
        ),
        "anaesthetic": ("Awake or asleep", "Tick all that are usual."),
        "anaesthetic_text": (
            "Awake or asleep, in words",
            "“You are awake. We numb the skin first, which stings for a few seconds. [^S1]”",
        ),
        "stay_text": (
            "Time in hospital",
            "“Most people go home the same day. [^S3]” Say so if it differs from person to person.",
        ),
        "recovery_text": (
            "Back to normal",
            "When people do what they did before: “Most people are back to normal within a week. [^S3]”",
        ),
        "imaging": ("Imaging", "Tick every machine that shows the doctor the way."),
        "radiation_band": (
            "Radiation band",
            "By the dose that a source gives. None found: “No figure found”.",
        ),
        "radiation_text": (
            "Radiation, in words",
            "The dose beside something everyday, with the source: “About the same as a few months of natural radiation. [^S5]”",
        ),
        "done_by_text": (
            "Who does it",
            "A role, never a name: “An interventional radiologist, a doctor who treats people with the help of scans.”",
        ),
        "route": ("Kind of way in", "It chooses the drawing at the head of the page."),
        "entry_sites": ("Where the team goes in", "Tick what is usual. The first two are drawn."),
        "organs": (
            "What is reached",
            "Tick what is treated. The first one in this list is drawn as the place reached.",
        ),
        "purpose": (
            "What is done there",
            "It chooses the words beside the drawing: “treat”, “drain”.",
        ),
        "body_regions": ("Parts of the body map", "Where on the body map the page is found."),
        "stays_in_body": ("What stays in the body", "When the procedure is over."),
        "stays_text": (
            "What stays in the body, in words",
            "What, for how long, and who arranges to take it out: “The tube stays until the blockage is treated. We change it about "
            "every 3 months. [^S2]” Empty only if nothing stays.",
        ),
        "fasting_food_hours": (
            "Usual hours without food",
            "Only where a source gives them: 6. The department's own answer goes first wherever there is one.",
        ),
        "fasting_fluid_hours": (
            "Usual hours without clear drinks",
            "Only where a source gives them: 2. Never more than for food.",
        ),
        "bleeding_risk": (
            "Bleeding risk class",
            "As the guideline lists it. “Not listed” counts as high wherever a rule reads it, in the referral form too.",
        ),
        "bleeding_risk_cited": (
            "Sources of that class",
            "Keys from the list of sources, one to a line: “S10”.",
        ),
    },
    "guidancepage": PAGE
    | {
        "slug": (
            "Address",
            "The end of the page's address: “going-home” for /guidance/going-home/. Small letters and hyphens. Never change it once "
            "it is printed on a letter.",
        ),
        "summary": (
            "Line for lists",
            "What the reader gets from the page, in under 30 words, for lists and search results.",
        ),
        "title": (
            "Title",
            "What the reader would call it: “Eating and drinking”. It is the heading of the page.",
        ),
        "group": ("Shelf", "When the reader needs it."),
        "order": ("Place on its shelf", ORDER_HELP),
        "who_it_is_for": (
            "Who it is for",
            "One line: “Anyone who has been told to stop eating before a procedure.”",
        ),
    },
    "section": {
        "kind": ("Part of the page", "Each part stands once on a page, in the order of this list."),
        "order": ("Order", ORDER_HELP),
        "body": ("Text", TEXT_HELP),
    },
    "guidancesection": {
        "order": ("Order", ORDER_HELP),
        "heading": ("Heading", "What the reader looks for: “If you take insulin”."),
        "body": ("Text", TEXT_HELP),
    },
    "step": {
        "order": ("Order", ORDER_HELP),
        "stage": ("Part of the day", "Under which heading the step stands."),
        "text": (
            "What happens",
            "One step, with a person in it and what the reader feels: “We numb the skin. It stings for a few seconds. [^S1]”",
        ),
        "instrument": (
            "Drawing",
            "What is in the doctor's hand: it chooses the drawing beside the step.",
        ),
    },
    "risk": {
        "order": ("Order", ORDER_HELP),
        "name": (
            "What can happen",
            "In everyday words: “A serious infection”, not “sepsis” alone.",
        ),
        "frequency": (
            "How often, as a word",
            "The word for the higher, more cautious end of the figure.",
        ),
        "frequency_text": (
            "How often, in figures",
            "“about 2 in 100 people [^S4]”. Out of people, never per cent alone. Empty only for “Expected” and “Not known how often”.",
        ),
        "affected_low": (
            "Picture: fewest people",
            "2 of “2 to 5 in 100”. The same as the next for “2 in 100”.",
        ),
        "affected_high": ("Picture: most people", "5 of “2 to 5 in 100”."),
        "out_of": (
            "Picture: out of",
            "100 of “2 to 5 in 100”. Keep it the same for all risks of a page where you can.",
        ),
        "cited": ("Sources", "Keys from the list of sources, one to a line: “S4”."),
        "what_we_do": (
            "What we do then",
            "“We give you antibiotics into a vein.” What happens next, and who does it.",
        ),
    },
    "helpsign": {
        "level": (
            "How urgent",
            "Which of the three cards it stands on. If in doubt, the more urgent one.",
        ),
        "order": ("Order", "1 comes first on its card."),
        "sign": (
            "Sign",
            "What the reader sees or feels, and what to do first: “Fresh blood in the bag that does not stop. Lie down and call 999.” "
            "Never “if concerned”. Leave empty if you choose a shared sign.",
        ),
        "shared": ("Or a shared sign", "One that many pages show, kept once."),
    },
    "question": {
        "order": ("Order", ORDER_HELP),
        "question": (
            "Question",
            "In the reader's own words, with a question mark: “Can I shower with the tube?”",
        ),
        "answer": ("Answer", "Yes, no or it depends comes first. " + TEXT_HELP),
    },
    "source": {
        "order": ("Order", ORDER_HELP),
        "key": (
            "Key",
            "What the text calls it: S2 is cited as [^S2]. Readers see a number of its own.",
        ),
        "title": ("Title", "As it stands on the source itself."),
        "publisher": (
            "Publisher",
            "Who stands behind it: “NICE”, “British Society of Interventional Radiology”.",
        ),
        "year": ("Year", "Leave empty if the source shows none."),
        "url": (
            "Address",
            "The publisher's own page. Leave empty for a copy held by somebody else.",
        ),
        "kind": ("Kind", "What sort of thing it is."),
        "region": ("Where from", "Every page needs one that is British or European."),
    },
}
FIELD_HELP["benefit"] = {
    name: words for name, words in FIELD_HELP["risk"].items() if name != "what_we_do"
} | {
    "name": (
        "What it achieves",
        "In everyday words: “The bleeding stops”. Only benefits with a figure.",
    )
}
FIELD_HELP["guidancehelpsign"] = FIELD_HELP["helpsign"]
FIELD_HELP["guidancequestion"] = FIELD_HELP["question"]
FIELD_HELP["guidancesource"] = FIELD_HELP["sharedtextsource"] = FIELD_HELP["source"]
