"""Tables of the audit log, the outbox and the views of personal data."""

from django.db import migrations, models

import luotsi.base.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="when")),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_label", models.CharField(blank=True, max_length=254, verbose_name="who")),
                ("verb", models.CharField(max_length=80, verbose_name="what was done")),
                ("target_type", models.CharField(max_length=80)),
                ("target_id", models.CharField(max_length=64)),
                ("target_label", models.CharField(blank=True, max_length=300, verbose_name="to what")),
                ("unit_id", models.UUIDField(null=True)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("prev_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["-seq"],
                "indexes": [
                    models.Index(fields=["unit_id", "-seq"], name="audit_by_unit"),
                    models.Index(fields=["target_type", "target_id", "-seq"], name="audit_by_target"),
                    models.Index(fields=["actor_id", "-seq"], name="audit_by_actor"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("seq__gte", 1)), name="audit_begins_at_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(default=0)),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_has_one_head")],
            },
        ),
        migrations.CreateModel(
            name="OutboxMail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=luotsi.base.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("to", models.EmailField(max_length=254, verbose_name="to")),
                ("subject", models.CharField(max_length=300, verbose_name="subject")),
                ("body", models.TextField(verbose_name="text")),
                ("html", models.TextField(blank=True)),
                ("language", models.CharField(default="fi", max_length=2)),
                ("key", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
                ("not_before", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(condition=models.Q(("sent_at", None)), fields=["not_before"], name="outbox_unsent")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("key",),
                        name="outbox_key_is_unique",
                        violation_error_message="This mail has been written already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalDataView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=luotsi.base.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_label", models.CharField(blank=True, max_length=254)),
                ("person_id", models.UUIDField()),
                ("what", models.CharField(max_length=200)),
                ("request_id", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["person_id", "-at"], name="views_by_person")],
            },
        ),
    ]
