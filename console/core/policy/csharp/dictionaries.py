"""Members of dictionaries: headers, variables, claims and those of the language."""

from contextvars import ContextVar
from typing import Any

from console.core.policy.csharp.as_text import bounded_join
from console.core.policy.csharp.faults import NotKnown, Thrown
from console.core.policy.csharp.linq import linq
from console.core.policy.csharp.values import Boxed, Dictionary, Out, Thing, Unknowable

SEVERAL = "what stands between several values"
SEPARATORS = (",", ", ")  # the documents say commas, the vendor's toolkit writes the first
# What an evaluation takes to stand between them; None while it is not one that tries both.
BETWEEN: ContextVar[str | None] = ContextVar("BETWEEN", default=None)


def found_in(holder: Dictionary, key: Any) -> tuple[bool, Any]:
    """Whether a key is there, and its value. Where case is unsettled and only case differs, nobody knows."""
    if key is None:
        raise Thrown("ArgumentNullException")
    key = key.value if isinstance(key, Boxed) else key
    if holder.folds and isinstance(key, str):
        found = [one for name, one in holder.items.items() if name.lower() == key.lower()]
        if not found and holder.is_partial and (holder.may_hold is None or holder.may_hold(key)):
            raise NotKnown(f"the header {key}")
        return (True, found[0]) if found else (False, None)
    if key in holder.items:
        return True, holder.items[key]
    is_near = holder.part and any(isinstance(name, str) and name.lower() == str(key).lower() for name in holder.items)
    if is_near:
        raise NotKnown(f"the letter case of {holder.part}")
    if holder.is_partial:
        raise NotKnown(f"the variable {key}")
    return False, None


def put(holder: Dictionary, key: Any, value: Any) -> None:
    """`holder[key] = value`; a key that only differs by case is the same one where case does not matter."""
    if key is None:
        raise Thrown("ArgumentNullException")
    same = next((one for one in holder.items if str(one).lower() == str(key).lower()), key) if holder.folds else key
    value = value.value if isinstance(value, Boxed) and holder.values_are_objects else value
    holder.items[same] = value


def dictionary_index(holder: Dictionary, key: Any) -> Any:
    is_there, value = found_in(holder, key)
    if not is_there:
        if holder.folds and holder.part == "headers":
            raise NotKnown("a header that is not there, asked by its index")
        raise Thrown("KeyNotFoundException")
    return Boxed(value) if holder.values_are_objects else value


def dictionary_call(holder: Dictionary, name: str, args: list[Any], type_args: list[str]) -> Any:
    if name == "ContainsKey":
        return found_in(holder, args[0])[0]
    if name == "TryGetValue" and len(args) == 2 and isinstance(args[1], Out):
        is_there, value = found_in(holder, args[0])
        args[1].put(Boxed(value) if holder.values_are_objects else value)
        return is_there
    if name == "Add":
        if found_in(holder, args[0])[0]:
            raise Thrown("ArgumentException")
        put(holder, args[0], args[1])
        return None
    if name == "Remove" and not holder.part and not holder.folds:
        return holder.items.pop(args[0], None) is not None
    if holder.values_are_lists and name == "GetValueOrDefault":
        return _joined(holder, args)
    if holder.is_partial:
        raise NotKnown(f"all {holder.part}")
    pairs = [pair(key, one, holder) for key, one in holder.items.items()]
    try:
        return linq(pairs, name, args)
    except KeyError:
        raise NotKnown(f"{name} of a dictionary") from None


def _joined(holder: Dictionary, args: list[Any]) -> Any:
    """The values of one name as one text; what stands between several is not settled."""
    if len(args) > 1 and not (args[1] is None or isinstance(args[1], str | Unknowable)):
        raise NotKnown("a default that is no text")
    is_there, value = found_in(holder, args[0])
    if not is_there:
        return args[1] if len(args) > 1 else None
    if len(value.items) == 1:
        return value.items[0]
    between = BETWEEN.get()
    if between is None:
        raise NotKnown(f"{SEVERAL} of {holder.part}")
    return bounded_join(between, value.items)


def pair(key: Any, value: Any, holder: Dictionary) -> Any:
    boxed = Boxed(value) if holder.values_are_objects else value
    return Thing("KeyValuePair", {"Key": lambda: key, "Value": lambda: boxed})
