"""Who may do what in the private room, and triggers that keep the log and the moves as written."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

SETTINGS_OF_CARE = (
    "ruleset rulesource rulelimit rulelist safetyrule drug holdtime catalogueentry urgencytarget bankholiday"
).split()
WHO_MAY_REFER = "organisationrole organisation allowlisting team entitledreferrer delegate".split()


def of(verbs, models):
    return [f"{verb}_{model}" for verb in verbs.split() for model in models]


ROLES = {
    "IR radiologist": ["see_triage", "vet_referral", "decide_referral", "export_referral", "see_measures"]
    + of("view", [*SETTINGS_OF_CARE, *WHO_MAY_REFER]),
    "IR vetter": ["see_triage", "vet_referral"] + of("view", SETTINGS_OF_CARE),
    "IR coordinator": ["see_triage", "book_referral", "see_measures", "view_notification"]
    + of("view", [*SETTINGS_OF_CARE, *WHO_MAY_REFER]),
    "IR lead": ["see_measures"] + of("add change view", SETTINGS_OF_CARE) + of("add change view", ["allowlisting"])
    + of("view", WHO_MAY_REFER),
    "IR administrator": ["decide_accountrequest", "view_accountrequest", "change_accountrequest", "view_refusalcount"]
    + of("add change view", WHO_MAY_REFER) + of("view", SETTINGS_OF_CARE),
    "IR governance": ["view_auditevent", "view_refusalcount", "view_notification", "see_measures", "approve_destruction"]
    + of("view", [*SETTINGS_OF_CARE, *WHO_MAY_REFER]),
}

FIXED_IN_A_MOVE = ["referral_id", "number", "origin", "target", "actor_id", "role", "at", "reason_code"]

SQLITE = [
    """CREATE TRIGGER referrals_audit_unchanged BEFORE UPDATE ON referrals_auditevent
       BEGIN SELECT RAISE(ABORT, 'The audit log is never changed.'); END""",
    """CREATE TRIGGER referrals_audit_uncut BEFORE DELETE ON referrals_auditevent
       BEGIN SELECT RAISE(ABORT, 'The audit log is never cut.'); END""",
    f"""CREATE TRIGGER referrals_move_unchanged BEFORE UPDATE OF {", ".join(FIXED_IN_A_MOVE)} ON referrals_referralmove
       BEGIN SELECT RAISE(ABORT, 'A move is never changed.'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION referrals_never() RETURNS trigger AS
       $$ BEGIN RAISE EXCEPTION 'Rows of % are never changed or cut.', TG_TABLE_NAME; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER referrals_audit_unchanged BEFORE UPDATE OR DELETE ON referrals_auditevent
       FOR EACH ROW EXECUTE FUNCTION referrals_never()""",
    f"""CREATE TRIGGER referrals_move_unchanged BEFORE UPDATE OF {", ".join(FIXED_IN_A_MOVE)} ON referrals_referralmove
       FOR EACH ROW EXECUTE FUNCTION referrals_never()""",
]


def make_roles(apps, schema_editor):
    from django.apps import apps as installed

    create_permissions(installed.get_app_config("referrals"), verbosity=0, using=schema_editor.connection.alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, rights in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        wanted = list(Permission.objects.filter(content_type__app_label="referrals", codename__in=rights))
        missing = set(rights) - {permission.codename for permission in wanted}
        if missing:
            raise RuntimeError(f"No such permission: {', '.join(sorted(missing))}")
        group.permissions.add(*wanted)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=set(ROLES) - {"IR coordinator"}).delete()


def add_triggers(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(schema_editor.connection.vendor, [])
    for statement in statements:
        schema_editor.execute(statement, params=None)


def remove_triggers(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    names = ["referrals_audit_unchanged", "referrals_move_unchanged"]
    if vendor == "sqlite":
        for name in [*names, "referrals_audit_uncut"]:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
    elif vendor == "postgresql":
        for name, table in zip(names, ["auditevent", "referralmove"], strict=True):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON referrals_{table}")
        schema_editor.execute("DROP FUNCTION IF EXISTS referrals_never()")


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0002_referrals"),
        ("procedures", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(make_roles, remove_roles),
        migrations.RunPython(add_triggers, remove_triggers),
    ]
