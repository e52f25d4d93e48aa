"""Measurements that `make bench` prints; each module fills its own keys."""
