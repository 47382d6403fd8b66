"""How do the tables of a view become a workbook that a spreadsheet opens safely?"""
