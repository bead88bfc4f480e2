"""Holds requests against the service models that botocore carries.

Reads one JSON object a line, `{"service", "operation", "parameters"}`, with `"relaxed": true` where CloudFormation adds
what the operation requires, and answers each with a line that holds the list
of its complaints. The first line of the answer names the version of botocore. Ends with status 3 where botocore is not
installed.
"""

import json
import re
import sys

try:
    import botocore
    import botocore.session
except ImportError:
    sys.exit(3)

# MediaLive's model has its bounds in the names of the shapes alone: __integerMin1Max31, __doubleMinNegative59Max0.
BOUNDS = re.compile(r"^__[a-z]+?(?:Min(?P<min>(?:Negative)?\d+))?(?:Max(?P<max>(?:Negative)?\d+))?(?:Pattern.*)?$")
TYPES = {
    "string": str,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
    "boolean": bool,
    "structure": dict,
    "map": dict,
    "list": list,
    "blob": str,
    "timestamp": str,
}
NUMBERS = ("integer", "long", "float", "double")

# Whether a request may lack what its operation requires: CloudFormation adds that to what a template says.
relaxed = False


def number(text):
    return None if text is None else int(text.replace("Negative", "-"))


def bounds(shape):
    in_name = BOUNDS.match(shape.name)
    found = in_name.groupdict() if in_name else {}
    return (
        shape.metadata.get("min", number(found.get("min"))),
        shape.metadata.get("max", number(found.get("max"))),
    )


def pattern(text):
    """Rewrites the classes of Java's regular expressions that Python does not know."""
    for java, python in ((r"\p{L}", r"\w"), (r"\p{Z}", r"\s"), (r"\p{N}", r"\d")):
        text = text.replace(java, python)
    return re.compile(text.replace(r"\w-_", r"\w\-_"))


def bounded(shape, value, path):
    least, most = bounds(shape)
    is_number = shape.type_name in NUMBERS
    size = value if is_number else len(value)
    of = "" if is_number else "length "
    shown = json.dumps(value) if is_number or shape.type_name == "string" else f"{len(value)} members"
    if least is not None and size < least:
        yield f"{path}: {shown} was given; a {of or 'number '}of at least {least} is needed"
    if most is not None and size > most:
        yield f"{path}: {shown} was given; a {of or 'number '}of at most {most} is needed"


def complaints(shape, value, path):
    value = counted(shape, value)
    wanted = TYPES[shape.type_name]
    if not isinstance(value, wanted) or (isinstance(value, bool) and shape.type_name != "boolean"):
        yield f"{path}: {json.dumps(value)} was given; a {shape.type_name} is needed"
        return
    if shape.type_name in NUMBERS + ("string", "list", "map"):
        yield from bounded(shape, value, path)
    if shape.type_name == "structure":
        yield from structure(shape, value, path)
    elif shape.type_name == "list":
        for index, member in enumerate(value):
            yield from complaints(shape.member, member, f"{path}[{index}]")
    elif shape.type_name == "map":
        for key, member in value.items():
            yield from complaints(shape.key, key, f"{path}.{key} (the key)")
            yield from complaints(shape.value, member, f"{path}.{key}")
    elif shape.type_name == "string":
        possible = shape.metadata.get("enum")
        if possible and value not in possible:
            yield f"{path}: {json.dumps(value)} was given; one of {', '.join(possible)} is needed"
        form = shape.metadata.get("pattern")
        if form and not pattern(form).fullmatch(value):
            yield f"{path}: {json.dumps(value)} was given; the form {form} is needed"


def counted(shape, value):
    """Gives a list the form that CloudFront's API has for one: `{"Quantity", "Items"}`."""
    if shape.type_name == "structure" and {"Quantity", "Items"} <= set(shape.members):
        if isinstance(value, list):
            return {"Quantity": len(value), "Items": value}
    return value


def structure(shape, value, path):
    for name in [] if relaxed else shape.required_members:
        if name not in value:
            yield f"{path}.{name}: nothing was given; it is required"
    for name, member in value.items():
        if name not in shape.members:
            yield f"{path}.{name}: there is no such member of {shape.name}"
        else:
            yield from complaints(shape.members[name], member, f"{path}.{name}")
    if getattr(shape, "is_tagged_union", False) and len(value) != 1:
        yield f"{path}: {', '.join(value) or 'nothing'} was given; exactly one member is needed"


def main():
    global relaxed
    session = botocore.session.Session()
    models = {}
    print(json.dumps(f"botocore {botocore.__version__}"))
    for line in sys.stdin:
        request = json.loads(line)
        service, operation = request["service"], request["operation"]
        relaxed = request.get("relaxed", False)
        if service not in models:
            models[service] = session.get_service_model(service)
        if operation not in models[service].operation_names:
            found = [f"{operation}: {service} has no such operation"]
        else:
            shape = models[service].operation_model(operation).input_shape
            found = list(complaints(shape, request["parameters"], operation))
        print(json.dumps(found))


main()
