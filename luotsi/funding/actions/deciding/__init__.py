"""The funder decides: in one go from the fixed proposals, with letters that are printed, sent and cannot be unsent."""

from luotsi.funding.actions.deciding.batches import BatchTerms, decide_batch, send_batch, take_back_batch, try_again

__all__ = ["BatchTerms", "decide_batch", "send_batch", "take_back_batch", "try_again"]
