"""How do new publications come from the publisher's site into a folder?

With `ofsight watch`, the only room of the house that reaches the network.
"""
