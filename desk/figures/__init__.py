"""What the desk tells the public about a year of complaints: rounded tables, and a ledger of them.

Rows without names come in; tables, their pages and every number that was published go out. It
refuses to know stories, keys and the network.
"""
