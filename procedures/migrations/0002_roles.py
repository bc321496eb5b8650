"""The four roles, as groups: what each may do with content. The private room adds its own rights to them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

WORKING = (
    "procedure section step risk benefit helpsign question source category condition relation guides "
    "guidancepage guidancesection checklistitem guidancehelpsign guidancequestion guidancesource "
    "glossaryterm sharedtext sharedtextsource localanswer notice patientstory picture"
).split()
# A page is withdrawn, never deleted: its publications would stay, with no page to withdraw them from.
KEPT = ("delete_procedure", "delete_guidancepage")
READ = [*WORKING, "publication", "localquestion", "sitedetails"]

ROLES = {
    "Editor": [
        right
        for verb in ("add", "change", "delete", "view")
        for model in WORKING
        if (right := f"{verb}_{model}") not in KEPT
    ]
    + ["view_publication", "view_localquestion", "view_sitedetails"],
    "Clinical approver": [f"view_{model}" for model in READ] + ["approve_publication"],
    "IR coordinator": ["view_publication", "view_localquestion", "view_sitedetails", "add_notice", "change_notice", "view_notice"],
    "Site administrator": [f"view_{model}" for model in READ]
    + [f"{verb}_{model}" for verb in ("add", "change", "delete") for model in ("localquestion", "notice")]
    + ["add_sitedetails", "change_sitedetails"],
}
ACCOUNTS = ["add_user", "change_user", "view_user", "view_group"]


def make_roles(apps, schema_editor):
    from django.apps import apps as installed

    for label in ("procedures", "auth"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, rights in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        wanted = list(Permission.objects.filter(content_type__app_label="procedures", codename__in=rights))
        missing = set(rights) - {permission.codename for permission in wanted}
        if missing:
            raise RuntimeError(f"No such permission: {', '.join(sorted(missing))}")
        if name == "Site administrator":
            wanted += Permission.objects.filter(content_type__app_label="auth", codename__in=ACCOUNTS)
        group.permissions.add(*wanted)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length"), ("contenttypes", "0002_remove_content_type_name")]
    operations = [migrations.RunPython(make_roles, remove_roles)]
