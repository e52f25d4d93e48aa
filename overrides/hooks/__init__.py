"""The only room that knows MkDocs: its events, one language rendered by it, and the preview."""
