"""Who may do what with easy versions: the same as with every other row of a page."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLES = {
    "Editor": ["add_easyline", "change_easyline", "delete_easyline", "view_easyline"],
    "Clinical approver": ["view_easyline"],
    "Site administrator": ["view_easyline"],
}


def add_rights(apps, schema_editor):
    from django.apps import apps as installed

    create_permissions(installed.get_app_config("procedures"), verbosity=0, using=schema_editor.connection.alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, rights in ROLES.items():
        wanted = list(Permission.objects.filter(content_type__app_label="procedures", codename__in=rights))
        if len(wanted) != len(rights):
            raise RuntimeError(f"No such permission among: {', '.join(rights)}")
        Group.objects.get_or_create(name=name)[0].permissions.add(*wanted)


def remove_rights(apps, schema_editor):
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, rights in ROLES.items():
        group = Group.objects.filter(name=name).first()
        if group is not None:
            group.permissions.remove(
                *Permission.objects.filter(content_type__app_label="procedures", codename__in=rights)
            )


class Migration(migrations.Migration):
    dependencies = [("procedures", "0004_easy_lines"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(add_rights, remove_rights)]
