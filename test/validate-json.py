#!/usr/bin/env python3
"""validate-json.py SCHEMA DOCUMENT: fails, naming each place, when the document breaks the schema."""
import json
import sys

import jsonschema


def main(schema_path, document_path):
    with open(schema_path) as f:
        schema = json.load(f)
    with (sys.stdin if document_path == "-" else open(document_path)) as f:
        document = json.load(f)
    jsonschema.Draft7Validator.check_schema(schema)
    errors = list(jsonschema.Draft7Validator(schema).iter_errors(document))
    for error in errors:
        print("/".join(str(p) for p in error.absolute_path) + ": " + error.message)
    return bool(errors)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
