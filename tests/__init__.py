"""The tests of all nine steps. Nothing outside imports them."""
