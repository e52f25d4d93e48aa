"""Who may do what on AWS, as data: the policies of the template, an evaluator, a table of calls, and mutants.

It proves our reading of the policies, not Amazon's: no account is asked. `table.csv` is the place to begin.
"""
