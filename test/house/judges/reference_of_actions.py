"""Prints where cfn-lint keeps its copy of the service authorization reference: a JSON object with `version` and `file`.

Ends with status 3 where cfn-lint is not installed for this Python, or carries no such copy.
"""

import json
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

try:
    found = distribution("cfn-lint")
except PackageNotFoundError:
    sys.exit(3)
file = Path(str(found.locate_file("cfnlint/data/AdditionalSpecs/Policies.json")))
if not file.is_file():
    sys.exit(3)
print(json.dumps({"version": found.version, "file": str(file)}))
