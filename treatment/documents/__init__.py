"""Paper: a signed plan as PDF, made by typst from plain text and from nothing else."""
