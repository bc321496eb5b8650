"""The words that catalogue fields may hold: one list for each, in the order in which people meet them."""

from django.db import models


class SectionKind(models.TextChoices):
    """The parts of a procedure page that are free text, in the order of the page."""

    SHORT_VERSION = "short_version", "The short version"
    WHAT_IT_IS = "what_it_is", "What it is"
    WHY = "why", "Why you may need it"
    SUITABILITY = "suitability", "Is it right for you"
    CHOICES = "choices", "Your other choices"
    GETTING_READY = "getting_ready", "How to get ready"
    WHAT_HAPPENS = "what_happens", "What happens, step by step"
    STRAIGHT_AFTER = "straight_after", "Straight afterwards"
    GOING_HOME = "going_home", "Going home"
    LIVING_WITH = "living_with", "Living with it"
    BENEFITS = "benefits", "Benefits and how well it works"
    RISKS = "risks", "Risks"
    RESULTS = "results", "Results and what happens next"
    QUESTIONS_TO_ASK = "questions_to_ask", "Questions to ask us"


class StepStage(models.TextChoices):
    """Where in the day a step falls."""

    ARRIVING = "arriving", "Arriving"
    GETTING_READY = "getting_ready", "Getting ready"
    PROCEDURE = "procedure", "The procedure"
    RECOVERY = "recovery", "Recovery"
    GOING_HOME = "going_home", "Going home"


class Instrument(models.TextChoices):
    """What is in the doctor's hand in a step: it chooses the drawing for that step."""

    NONE = "none", "Nothing"
    CANNULA = "cannula", "Cannula (thin plastic tube in a vein)"
    PROBE = "ultrasound-probe", "Ultrasound probe"
    SCANNER = "scanner", "X-ray machine or scanner"
    NEEDLE = "needle", "Needle"
    WIRE = "wire", "Guide wire"
    DYE = "dye", "X-ray dye"
    TUBE = "tube", "Thin tube (catheter)"
    BALLOON = "balloon", "Balloon"
    STENT = "stent", "Stent"
    COIL = "coil", "Coil, beads or plug"
    DRAIN = "drain", "Drain"
    BAG = "bag", "Bag"
    DRESSING = "dressing", "Dressing or pressing by hand"


class Frequency(models.TextChoices):
    """How often something happens, with the meanings that CONTENT.md gives to the words."""

    EXPECTED = "expected", "Expected"
    VERY_COMMON = "very_common", "Very common"
    COMMON = "common", "Common"
    UNCOMMON = "uncommon", "Uncommon"
    RARE = "rare", "Rare"
    VERY_RARE = "very_rare", "Very rare"
    NOT_KNOWN = "not_known", "Not known how often"


class HelpLevel(models.TextChoices):
    """The three care cards, most urgent first."""

    EMERGENCY = "emergency", "Call 999 or go to A&E"
    SAME_DAY = "same_day", "Get help the same day"
    NEXT_CONTACT = "next_contact", "Tell us when you next speak to us"


class Anaesthetic(models.TextChoices):
    """What keeps the patient comfortable."""

    NONE = "none", "Nothing needed"
    LOCAL = "local", "Awake, with the skin numbed (local anaesthetic)"
    SEDATION = "sedation", "Drowsy (sedation)"
    REGIONAL = "regional", "Numb from the waist down (spinal or epidural)"
    GENERAL = "general", "Asleep (general anaesthetic)"


class Imaging(models.TextChoices):
    """The machines that show the doctor the way."""

    X_RAY = "x-ray", "X-ray"
    ULTRASOUND = "ultrasound", "Ultrasound"
    CT = "ct", "CT scan"
    MRI = "mri", "MRI scan"
    NUCLEAR = "nuclear", "Nuclear medicine scan"
    CAMERA = "camera", "Camera (endoscope)"


class RadiationBand(models.TextChoices):
    """Effective dose in millisieverts (mSv); CONTENT.md sets the edges."""

    NONE = "none", "None"
    VERY_LOW = "very_low", "Very low (under 0.1 mSv)"
    LOW = "low", "Low (0.1 to 5 mSv)"
    MODERATE = "moderate", "Moderate (5 to 20 mSv)"
    HIGHER = "higher", "Higher (over 20 mSv)"
    NOT_KNOWN = "not_known", "No figure found"


class BleedingRisk(models.TextChoices):
    """The class that guidance gives the procedure; staff see it, patients are told what it means for them."""

    LOW = "low", "Low"
    HIGH = "high", "High"
    NOT_LISTED = "not_listed", "Not listed"


class EntrySite(models.TextChoices):
    """Where on the body the team goes in."""

    WRIST = "wrist", "Wrist"
    FOREARM = "forearm", "Forearm"
    ELBOW = "elbow", "Elbow crease"
    UPPER_ARM = "upper-arm", "Upper arm"
    NECK = "neck", "Neck"
    CHEST = "chest", "Chest"
    BACK = "back", "Back"
    SIDE = "side", "Side"
    TUMMY = "tummy", "Tummy"
    PELVIS = "pelvis", "Lower tummy or pelvis"
    GROIN = "groin", "Groin"
    LEG = "leg", "Leg"
    KNEE_BACK = "knee-back", "Behind the knee"
    MOUTH = "mouth", "Mouth"
    NOSE = "nose", "Nose"
    BOTTOM = "bottom", "Bottom"
    EXISTING_TUBE = "existing-tube", "The tube you already have"


class Route(models.TextChoices):
    """The kind of path from the way in to the place treated."""

    ARTERY = "artery", "Along an artery"
    VEIN = "vein", "Along a vein"
    SKIN = "skin", "Straight through the skin"
    NATURAL = "natural", "Through a natural opening"
    EXISTING = "existing", "Along a tube that is already there"


class Purpose(models.TextChoices):
    """What is done at the place that is reached: it chooses the words beside the drawing."""

    TREAT = "treat", "Treat it"
    LOOK = "look", "Look at it"
    SAMPLE = "sample", "Take a sample"
    DRAIN = "drain", "Drain it"
    NUMB = "numb", "Put medicine there"
    TIP = "tip", "Leave the tip of a line there"


class BodyRegion(models.TextChoices):
    """Parts of the body map."""

    HEAD = "head", "Head"
    NECK = "neck", "Neck"
    CHEST = "chest", "Chest"
    ARM = "arm", "Arm"
    ABDOMEN = "abdomen", "Tummy"
    BACK = "back", "Back"
    PELVIS = "pelvis", "Pelvis"
    GROIN = "groin", "Groin"
    LEG = "leg", "Leg"


class Organ(models.TextChoices):
    """Parts of the drawn anatomy that can light up."""

    BRAIN = "brain", "Brain"
    BRAIN_ARTERIES = "brain-arteries", "Arteries of the brain"
    NECK_ARTERIES = "neck-arteries", "Neck (carotid) arteries"
    NECK = "neck", "Neck, thyroid or neck lumps"
    GULLET = "gullet", "Gullet (food pipe)"
    HEART = "heart", "Heart"
    LUNGS = "lungs", "Lungs"
    LUNG_LINING = "lung-lining", "Space around the lung"
    LUNG_ARTERIES = "lung-arteries", "Arteries of the lungs"
    CHEST_VEIN = "chest-vein", "Main vein of the chest (superior vena cava)"
    ARM_VEINS = "arm-veins", "Veins of the arm"
    ARM_ARTERIES = "arm-arteries", "Arteries of the arm"
    FISTULA = "fistula", "Dialysis fistula or graft"
    AORTA = "aorta", "Main artery (aorta)"
    TUMMY_ARTERIES = "tummy-arteries", "Arteries of the gut, liver and spleen"
    KIDNEY_ARTERIES = "kidney-arteries", "Arteries of the kidneys"
    TUMMY_VEIN = "tummy-vein", "Main vein of the tummy (inferior vena cava)"
    LIVER = "liver", "Liver"
    LIVER_ARTERIES = "liver-arteries", "Liver artery"
    LIVER_VEINS = "liver-veins", "Veins of the liver"
    LIVER_CHANNEL = "liver-channel", "New channel through the liver"
    PORTAL_VEIN = "portal-vein", "Portal vein"
    BILE_DUCTS = "bile-ducts", "Bile ducts"
    GALLBLADDER = "gallbladder", "Gallbladder"
    PANCREAS = "pancreas", "Pancreas"
    SPLEEN = "spleen", "Spleen"
    STOMACH = "stomach", "Stomach"
    DUODENUM = "duodenum", "First part of the bowel (duodenum)"
    SMALL_BOWEL = "small-bowel", "Small bowel"
    LARGE_BOWEL = "large-bowel", "Large bowel"
    BELLY_SPACE = "belly-space", "Space around the bowel"
    NERVES_COELIAC = "coeliac-nerves", "Nerves behind the stomach"
    KIDNEYS = "kidneys", "Kidneys"
    URETERS = "ureters", "Ureters (tubes from kidneys to bladder)"
    BLADDER = "bladder", "Bladder"
    PROSTATE = "prostate", "Prostate"
    PROSTATE_ARTERIES = "prostate-arteries", "Arteries of the prostate"
    WOMB = "womb", "Womb"
    WOMB_ARTERIES = "womb-arteries", "Arteries of the womb"
    PELVIC_VEINS = "pelvic-veins", "Veins of the pelvis"
    TESTICLE_VEINS = "testicle-veins", "Veins of the testicle"
    PELVIC_ARTERIES = "pelvic-arteries", "Arteries of the pelvis (iliac)"
    LEG_ARTERIES = "leg-arteries", "Arteries of the leg"
    LEG_VEINS = "leg-veins", "Veins of the leg"
    SPINE = "spine", "Bones of the spine"
    SPINAL_NERVES = "spinal-nerves", "Nerves of the spine"
    BONE = "bone", "Bone"
    ANYWHERE = "anywhere", "More than one part of the body"


class StaysInBody(models.TextChoices):
    """What is left in the body when the procedure is over."""

    NOTHING = "nothing", "Nothing"
    TUBE = "tube", "A feeding tube"
    DRAIN = "drain", "A drain"
    LINE = "line", "A line in a vein"
    PORT = "port", "A port under the skin"
    STENT = "stent", "A stent"
    STENT_GRAFT = "stent-graft", "A stent graft"
    FILTER = "filter", "A filter"
    PLUG = "plug", "Coils, beads, glue or a plug"
    CEMENT = "cement", "Bone cement"
    MARKER = "marker", "A small marker"


class SourceKind(models.TextChoices):
    """What sort of thing a source is."""

    LEAFLET = "leaflet", "Patient leaflet"
    GUIDELINE = "guideline", "Guideline"
    NICE = "nice", "NICE guidance"
    PAPER = "paper", "Research paper"
    WEBSITE = "website", "Website"
    LAW = "law", "Law or regulation"
    DATASET = "dataset", "National figures"
    BOOK = "book", "Book"


class Region(models.TextChoices):
    """Where a source comes from: British and European ones outweigh the rest."""

    UK = "uk", "United Kingdom"
    EUROPE = "europe", "Europe"
    ELSEWHERE = "elsewhere", "Elsewhere"


class GuidanceGroup(models.TextChoices):
    """The shelf on which a guidance page stands."""

    BEFORE = "before", "Before your procedure"
    ON_THE_DAY = "on_the_day", "On the day"
    AFTERWARDS = "afterwards", "Afterwards"
    EXPLAINED = "explained", "IR explained"
    SITE = "site", "About this website and the department"


class RelationKind(models.TextChoices):
    """How one procedure bears on another, read from the first to the second."""

    ALTERNATIVE = "alternative", "is another choice for the same problem"
    NEXT = "next", "may be followed by"
    SAME_FAMILY = "same_family", "is one of the same family as"


class EasyPart(models.TextChoices):
    """The parts of the easy version of a page, in order. The labels are its headings."""

    WHAT = "what", "What is it?"
    WHY = "why", "Why do I need it?"
    BEFORE = "before", "Before I come"
    DAY = "day", "On the day"
    AFTER = "after", "Afterwards"
    HOME = "home", "At home"
    HELP = "help", "When to get help"
    CHOOSE = "choose", "My choice"


class EasyLevel(models.TextChoices):
    """How fast a reader of the easy version must get help, the fastest first."""

    EMERGENCY = "emergency", "Call 999 or go to A&E now"
    SAME_DAY = "same_day", "Ring us today"
