"""Who may do what on AWS, as data: the template's policies, an evaluator, a table of calls, and mutants of the policies.

It proves our reading of the policies, not Amazon's: no account is asked. `table.csv` is the place to begin.
"""
