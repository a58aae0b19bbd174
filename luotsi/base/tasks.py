"""Background work: mails, and the long deeds of rooms."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.tasks import task
from django.utils.module_loading import import_string

from luotsi.base import delivery


@task
def deliver_mail(mail_id: str) -> bool:
    """Send one mail of the outbox; returns whether it left now."""
    return delivery.deliver(UUID(mail_id))


@task
def do_deed(deed: str, key: str) -> None:
    """Do a deed of a room, one of `settings.LUOTSI_BACKGROUND`, to the record with the key."""
    if deed not in settings.LUOTSI_BACKGROUND:
        raise ImproperlyConfigured(f"{deed} is no background work of any room.")
    import_string(deed)(UUID(key))
