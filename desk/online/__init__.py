"""The online half."""
