"""The bytes: everything that implements WIRE.md, and the canary that proves it."""
