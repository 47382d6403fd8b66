"""What does each paragraph find, about what theme, and how sure are we?"""

from classify.coder import Coder, load_coder

__all__ = ["Coder", "load_coder"]
