"""Arguments as users write them, brought into one form: tensors, numbers, shapes, types, indices.

What has no such form is refused here, with an error that says what was expected.
"""
