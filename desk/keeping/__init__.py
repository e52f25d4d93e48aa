"""Keys in the life of the desk, around steps 2, 6 and 7: calendar, rotation, paper, destruction, people.

The ceremony makes a key; this is what happens to it afterwards. It refuses to know complaints: of
an object it looks at the name, the key it was sealed to, and whether it can be opened.
"""
