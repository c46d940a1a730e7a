"""Sources, the files they sent, and what was found in them."""

from monitoring.imports.models.batches import Batch, BatchFile, Finding, FindingKind, Status
from monitoring.imports.models.sources import Source, Told

__all__ = ["Batch", "BatchFile", "Finding", "FindingKind", "Source", "Status", "Told"]
