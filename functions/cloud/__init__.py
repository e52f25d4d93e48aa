"""The drop on Amazon's Lambda: the handler, its package, and how they are put there."""
