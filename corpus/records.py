"""What is a record that a stage makes by the thousand and keeps to itself?"""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """A dataclass with slots that the type checker holds to be frozen: nobody may assign to its fields.

    While the program runs nothing stops who would, since a record that is frozen then too takes four times as
    long to make: each of its fields is set by way of a function.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
