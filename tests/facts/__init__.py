"""What the three source documents say, fact by fact."""
