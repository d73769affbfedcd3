"""`python -m demo.pick EXPRESSION …`: a line for each expression, taken from the JSON on standard input.

An expression is a path of names and numbers; `*` takes every entry of a list, `#` its length, and `name=value` those
entries whose name has that value; several of these in a row all hold. `--refusal STATUS` shows a problem (RFC 9457) as people read it.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

USAGE = "usage: python -m demo.pick EXPRESSION … < answer.json, or --refusal STATUS < problem.json"


def picked(value: Any, path: list[str]) -> Iterator[Any]:
    """Everything in `value` that `path` leads to; nothing where a name is missing."""
    if not path:
        yield value
        return
    step, *rest = path
    if step == "#":
        yield len(value)
    elif step == "*":
        for entry in value:
            yield from picked(entry, rest)
    elif "=" in step:
        name, _, wanted = step.partition("=")
        for entry in value if isinstance(value, list) else [value]:
            if shown(entry.get(name)) == wanted:
                yield from picked(entry, rest)
    elif isinstance(value, list):
        yield from picked(value[int(step)], rest) if int(step) < len(value) else ()
    elif isinstance(value, dict) and step in value:
        yield from picked(value[step], rest)


def shown(value: Any) -> str:
    """A text as it is, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def refusal(status: str, problem: dict[str, Any]) -> str:
    """The status, the code, the rule and the text of a problem."""
    code = str(problem.get("type", "")).rpartition("/")[2]
    rule = f" ({problem['rule']})" if problem.get("rule") else ""
    return f"{status} {code}{rule}: {problem.get('detail') or problem.get('title', '')}"


def main(arguments: list[str]) -> None:
    """Print what was asked for."""
    if not arguments or arguments == ["--refusal"]:
        sys.exit(USAGE)
    read = json.load(sys.stdin)
    if arguments[0] == "--refusal":
        print(refusal(arguments[1], read))
        return
    for expression in arguments:
        print(", ".join(shown(value) for value in picked(read, expression.split("."))))


if __name__ == "__main__":
    main(sys.argv[1:])
