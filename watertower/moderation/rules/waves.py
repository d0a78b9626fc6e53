"""Which shapes make a wave. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from watertower.moderation.model.waves import FEWEST_ACCOUNTS, FEWEST_POSTS
from watertower.moderation.rules.shapes import NEAR, is_near


@dataclass(frozen=True)
class Shape:
    """Something that was written: its id, by whom, its sketches."""

    id: int
    who: int
    sketches: Sequence[int]


def waves_among(shapes: Iterable[Shape]) -> list[list[Shape]]:
    """Groups that are large enough, each shape in one, in the order of the first of each.

    Shapes that share two sketches lie in one bucket; the largest buckets are looked at first.
    The first shape of a group speaks for it: what is near it belongs to it.
    """
    buckets: dict[tuple[int, ...], list[Shape]] = defaultdict(list)
    for shape in shapes:
        for pair in combinations(sorted(shape.sketches), NEAR):
            buckets[pair].append(shape)
    taken: set[int] = set()
    found = []
    for bucket in sorted(buckets.values(), key=lambda one: (-len(one), one[0].id)):
        free = [shape for shape in bucket if shape.id not in taken]
        if len(free) < FEWEST_POSTS or len({shape.who for shape in free}) < FEWEST_ACCOUNTS:
            continue
        taken |= {shape.id for shape in free}
        found.append(free)
    return found


def join(
    shapes: Iterable[Shape], waves: Sequence[tuple[int, Sequence[int]]]
) -> dict[int, list[int]]:
    """Ids by the wave that they are near to, the first that fits."""
    joined: dict[int, list[int]] = defaultdict(list)
    for shape in shapes:
        for wave_id, sketches in waves:
            if is_near(shape.sketches, sketches):
                joined[wave_id].append(shape.id)
                break
    return dict(joined)
