"""How are the sample reports made? A seeded generator of invented authorities and inspection reports.

`plan` says which inspections took place, `story` what each one finds, `sif`, `ilacs` and `send` write the
script of a report, `typeset` sets it on pages, `pdf` and `transcript` print it, `truth` says what went in.
"""
