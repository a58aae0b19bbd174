"""The plan of a programme: as it is in effect, as it is being written, or as it once stood."""

from luotsi.programme.access.plans import hash_of, plan_of, plans_of, published_of, version_of

__all__ = ["hash_of", "plan_of", "plans_of", "published_of", "version_of"]
