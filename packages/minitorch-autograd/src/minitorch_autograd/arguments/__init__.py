"""What users write, brought into one form: tensors, numbers, shapes, types, indices, and clear errors."""
