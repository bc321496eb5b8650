"""Everything that the public reads, and the rows that editors write it in."""

from .catalogue import (
    Benefit,
    Category,
    Condition,
    HelpSign,
    Procedure,
    Question,
    Risk,
    Section,
    Source,
    Step,
)
from .easy import EasyLine
from .guidance import (
    ChecklistItem,
    GuidanceHelpSign,
    GuidancePage,
    GuidanceQuestion,
    GuidanceSection,
    GuidanceSource,
    Guides,
    Relation,
)
from .picture import Picture
from .publication import ContentVersion, Immutable, PageKind, Publication, PublicationStatus
from .site import (
    GlossaryTerm,
    LocalAnswer,
    LocalQuestion,
    Notice,
    PatientStory,
    SharedText,
    SharedTextSource,
    SiteDetails,
)

__all__ = [
    "Benefit",
    "Category",
    "ChecklistItem",
    "Condition",
    "ContentVersion",
    "EasyLine",
    "GlossaryTerm",
    "GuidanceHelpSign",
    "GuidancePage",
    "GuidanceQuestion",
    "GuidanceSection",
    "GuidanceSource",
    "Guides",
    "HelpSign",
    "Immutable",
    "LocalAnswer",
    "LocalQuestion",
    "Notice",
    "PageKind",
    "PatientStory",
    "Picture",
    "Procedure",
    "Publication",
    "PublicationStatus",
    "Question",
    "Relation",
    "Risk",
    "Section",
    "SharedText",
    "SharedTextSource",
    "SiteDetails",
    "Source",
    "Step",
]
