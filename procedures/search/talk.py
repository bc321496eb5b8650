"""How people talk: words that say nothing, words that mean the same, and pairs that are one word.

Tables first, so that a nurse can read and correct them. Spelling does not matter here: every word is folded and brought
to its root before it is used.
"""

_NOTHING = """
    a about all also am an and any anyone are as at be been being but by can cant could did didnt do does doesnt doing
    dont else ever every for from get gets getting go goes going got had has have having he her hers hi hello him his how
    i id if ill im in info information into is isnt it its ive just know like may me might mine more must my myself need
    needs no not of on one onto or our ours page please shall she should shouldnt so some someone something tell than
    thank thanks that thats the their theirs them then there theres these they theyre thing things this those through to
    too us very want wants was wasnt we were what whats when whens where wheres whether which while who whos whose why
    will with wont would you your youre yours"""
SAYS_NOTHING = frozenset(_NOTHING.split())
"""Left out of what is typed and of what is matched."""

_LITTLE = """
    procedure procedures treatment treatments treat operation operations test tests done put take taken taking use used
    using patient patients people person hospital doctor help best good new long much many day days time before after
    during make made mean means meaning explained definition difference between life side effects
    syndrome problem problems"""
SAYS_LITTLE = frozenset(_LITTLE.split())
"""Counts for little beside the other words, and is dropped when a name is looked up whole."""

ASKS_MEANING = frozenset(
    ["mean", "means", "meaning", "definition", "define", "explained", "what", "whats"]
)
"""Typed by somebody who wants a word explained."""

JOINED = (
    "x ray", "gall bladder", "food pipe", "blood thinner", "port a cath", "perm cath", "nil by mouth", "pre op",
    "pre assessment", "check up", "t tube", "g tube", "y 90", "key hole", "pin hole", "glp 1", "follow up",
    "may thurner", "long line", "sign language",
)  # fmt: skip
"""Pairs that are one word however they are written: “x-ray”, “x ray”, “xray”."""

IRREGULAR: dict[str, str] = {
    "fell": "fall", "fallen": "fall", "bled": "bleed", "bleeds": "bleed", "ate": "eat", "eaten": "eat", "fed": "feed",
    "drank": "drink", "drove": "drive", "driven": "drive", "driver": "drive", "flew": "fly", "flight": "fly",
    "swollen": "swell", "swelled": "swell", "swam": "swim", "broke": "break", "broken": "break", "froze": "freeze",
    "frozen": "freeze", "shrunk": "shrink", "shrank": "shrink", "stuck": "stick", "slept": "sleep", "asleep": "sleep",
    "lungs": "lung", "veins": "vein", "vertebrae": "vertebra", "vertebral": "vertebra", "metastases": "metastasis",
    "mets": "metastasis", "metastatic": "metastasis", "thrombi": "thrombus", "went": "go", "felt": "feel", "hurts": "hurt",
    "teeth": "tooth", "feet": "foot", "children": "child", "kids": "child", "kid": "child", "women": "woman", "men": "man",
    "mums": "mum", "anesthesia": "anesthetic", "anesthetise": "anesthetic", "anesthetised": "anesthetic",
    "dilation": "dilatation", "ureteral": "ureteric", "esofageal": "esofagus", "arteries": "artery", "arterial": "artery",
    "venous": "vein", "narrowing": "narrow", "narrowed": "narrow", "stenoses": "stenosis", "bigger": "big",
    "pregnancy": "pregnant", "allergic": "allergy", "allergies": "allergy", "infected": "infection",
    "infections": "infection", "diabetic": "diabetes", "cancerous": "cancer", "cancers": "cancer", "bags": "bag",
    "prostatic": "prostate", "uterine": "uterus", "colonic": "colon", "rectal": "rectum", "biliary": "bile",
    "hepatic": "liver", "renal": "kidney", "pulmonary": "lung", "cerebral": "brain", "gastric": "stomach",
    "abdominal": "tummy", "ovarian": "ovary", "testicular": "testicle",
}  # fmt: skip
"""Forms (in folded spelling) that no rule brings together; the last few bring a doctor's adjective to the everyday noun."""

SAME: tuple[str, ...] = (
    "tummy stomach belly abdomen gut",
    "stomach gastrostomy gastric",
    "wee pee urine urinate urination peeing weeing",
    "waterworks bladder urine",
    "poo stool bowel",
    "bowel colon intestine gut rectum",
    "womb uterus",
    "gullet esofagus foodpipe throat swallow",
    "kidney nephrostomy",
    "brain head",
    "chest lung",
    "aorta artery",
    "fluid water",
    "clot thrombus thrombosis embolism embolus",
    "clot thrombolysis thrombectomy",
    "remove removal out retrieval pull",
    "change swap replace exchange replacement",
    "block embolisation embolise plug cut shut starve",
    "blocked block obstruct obstruction blockage stuck",
    "unblock open clear",
    "stretch dilatation widen balloon",
    "narrow stenosis stricture tight",
    "drain drainage tube catheter",
    "tube catheter line pipe",
    "stent mesh",
    "sample biopsy needle",
    "food feed feeding eat nutrition",
    "eat food fast fasting nilbymouth breakfast starve meal lunch",
    "drink fluid fasting water tea coffee thirsty sip",
    "sleep awake anesthetic sedation unconscious",
    "numb anesthetic",
    "chemo chemotherapy",
    "burn heat ablation cook hot thermal microwave radiofrequency",
    "freeze cryoablation cryotherapy cold ice cryo",
    "cement vertebroplasty kyphoplasty",
    "spine back vertebra spinal lumbar",
    "injection jab steroid",
    "yellow jaundice",
    "lump tumour mass growth nodule",
    "tumour cancer",
    "hurt pain painful sore ache",
    "dye contrast iodine",
    "sugar diabetes glucose",
    "bloodthinner anticoagulant",
    "xray radiation",
    "picture scan imaging",
    "discharge home",
    "wash shower bath bathe",
    "drive car",
    "work job",
    "fly plane airport",
    "husband wife partner family relative carer mum dad mother father son daughter stay visitor",
    "interpreter translate translator language",
    "deaf signlanguage bsl",
    "wheelchair hoist disabled",
    "fear scared afraid frightened terrified phobia anxious",
    "needle injection",
    "fever temperature hot",
    "baby birth childbirth postpartum",
    "leak ooze wet",
    "fall out dislodge",
    "swell swelling",
    "aneurysm swell bulge",
    "man male prostate",
    "seed marker fiducial gold",
    "radioactive beads",
    "risk danger dangerous safe complication",
    "recovery normal",
    "period menstrual menstruation",
    "testicle scrotum ball varicocele",
    "fistula buzz thrill",
    "port portacath mediport powerport",
    "medicine tablet pill drug",
    "surgery operation surgeon",
    "sick vomit vomiting",
    "sepsis septic",
    "bring pack",
    "child teenager baby",
    "night weekend",
    "form consent sign",
)
"""Groups of words that people use for one another. A word may stand in several."""
