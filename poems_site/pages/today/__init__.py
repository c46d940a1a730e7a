"""Where a clinical day begins: who needs something, worst first."""
