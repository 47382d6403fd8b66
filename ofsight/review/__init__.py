"""How do people look at doubtful codings, put them right, and see whether they agree with one another?"""
