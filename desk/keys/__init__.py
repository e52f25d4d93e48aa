"""Keys in their life."""
