"""All models of the private room, by idea."""

from referrals.models.accounts import AccountRequest
from referrals.models.audit import AuditAction, AuditEvent, RefusalCount
from referrals.models.catalogue import (
    BankHoliday,
    CatalogueEntry,
    ConfigurationStamp,
    UrgencyTarget,
)
from referrals.models.correspondence import (
    Attachment,
    InformationRequest,
    Message,
    Notification,
)
from referrals.models.flags import Evaluation, FlagRow
from referrals.models.organisations import AllowListing, Organisation, OrganisationRole
from referrals.models.referral import Referral, ReferralMove, RetentionClass
from referrals.models.referrers import Delegate, EntitledReferrer, Team
from referrals.models.rules import (
    Drug,
    HoldTime,
    RuleLimit,
    RuleList,
    RuleSet,
    RuleSource,
    SafetyRule,
)

__all__ = [
    "AccountRequest",
    "AllowListing",
    "Attachment",
    "AuditAction",
    "AuditEvent",
    "BankHoliday",
    "CatalogueEntry",
    "ConfigurationStamp",
    "Delegate",
    "Drug",
    "EntitledReferrer",
    "Evaluation",
    "FlagRow",
    "HoldTime",
    "InformationRequest",
    "Message",
    "Notification",
    "Organisation",
    "OrganisationRole",
    "Referral",
    "ReferralMove",
    "RefusalCount",
    "RetentionClass",
    "RuleLimit",
    "RuleList",
    "RuleSet",
    "RuleSource",
    "SafetyRule",
    "Team",
    "UrgencyTarget",
]
