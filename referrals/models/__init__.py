"""All models of the private room, by idea."""

from referrals.models.accounts import AccountRequest
from referrals.models.arrangements import (
    EscalationStep,
    QuestionFields,
    Recipients,
    ServicePeriod,
    WebmailBrand,
)
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
from referrals.models.destruction import Destruction
from referrals.models.flags import Evaluation, FlagRow
from referrals.models.guarded import GuardedOpening, RecordGuard
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
    "Destruction",
    "Drug",
    "EntitledReferrer",
    "EscalationStep",
    "Evaluation",
    "FlagRow",
    "GuardedOpening",
    "HoldTime",
    "InformationRequest",
    "Message",
    "Notification",
    "Organisation",
    "OrganisationRole",
    "QuestionFields",
    "Recipients",
    "RecordGuard",
    "Referral",
    "ReferralMove",
    "RefusalCount",
    "RetentionClass",
    "RuleLimit",
    "RuleList",
    "RuleSet",
    "RuleSource",
    "SafetyRule",
    "ServicePeriod",
    "Team",
    "UrgencyTarget",
    "WebmailBrand",
]
