"""The table of entities, as the tests use it: it stands beside the document made from it."""

from watertower.api.openapi.entities import ALSO, BASED_ON, COUNTED, ENTITIES

__all__ = ["ALSO", "BASED_ON", "COUNTED", "ENTITIES"]
