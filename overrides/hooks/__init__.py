"""The only room that knows MkDocs; everything it calls is plain Python beside it."""
