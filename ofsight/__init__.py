"""Reads Ofsted's inspection reports of children's services; `import ofsight` is the front door."""
