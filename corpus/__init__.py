"""What all rooms share: the document model, the store, errors, codebook, register and sample reports."""
