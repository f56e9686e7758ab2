"""One decision, told to a child and to a family, each in a register of their own."""


def for_student(student, *, on):
    return []
