"""Background work of the base room: mails."""

from uuid import UUID

from django.tasks import task

from luotsi.base import delivery


@task
def deliver_mail(mail_id: str) -> bool:
    """Send one mail of the outbox; returns whether it left now."""
    return delivery.deliver(UUID(mail_id))
