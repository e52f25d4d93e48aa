"""What handlers do to a case."""
