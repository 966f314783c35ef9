"""What users write, brought into one form: operands, numbers, shapes, element types, indices.

What can't be brought into form is refused here, with an error that says what was expected.
"""
