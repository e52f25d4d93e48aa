"""Figures: what the desk tells the public about a year of complaints, after step 7.

Rows without names come in; rounded tables, their pages and a ledger of every number go out. It
refuses to know stories, keys and the network.
"""
