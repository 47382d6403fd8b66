"""How do codings leave for tools of qualitative research, and how do people's words come back from them?"""
