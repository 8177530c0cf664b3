"""What goes over the wire (§2, §9, §10): reading JSON, checking it against the published schemas, refusing it.
The schemas are the files of types/schemas as they are: a vendor copies that folder, and has the rules every client has."""
import json, pathlib, re
SCHEMAS = {file.stem: json.loads(file.read_text("utf-8"))
           for file in pathlib.Path(__file__).resolve().parents[2].glob("types/schemas/*.json")}
named = lambda ref: SCHEMAS[ref["$ref"].removesuffix(".json")]
# §8.2, out of the schemas: type of a frame → (its schema, whether it is a request: it has an id, and is answered)
FRAMES = {frame["properties"]["t"]["const"]: (frame, "id" in frame["required"])
          for frame in map(named, SCHEMAS["ClientFrame"]["oneOf"])}
STATUS = {  # §9: code → status
    "bad-frame": 400, "unknown-frame": 400, "invalid": 422, "cmid-reused": 422, "token-missing": 401, "token-expired": 401,
    "token-invalid": 401, "forbidden": 403, "origin-denied": 403, "consent-required": 403, "widget-unknown": 404,
    "not-found": 404, "unsupported-version": 406, "closed-conversation": 409, "form-version": 409, "epoch-changed": 410,
    "too-large": 413, "unsupported-type": 415, "rate-limited": 429, "internal": 500, "not-supported": 501, "overloaded": 503}
LIMITS = {"frameBytes": 65536, "textChars": 8000, "partsPerMessage": 20, "inflightPerStream": 1, "submitPerMin": 60,
          "typingMinMs": 2000, "resumeMax": 500, "pageMax": 200}

class Refused(Exception):  # `problem` is the object that every refusal is (S-9.1): it never repeats what was sent.
    def __init__(self, code, *mistakes, **more):
        if mistakes: more["errors"] = [{"pointer": at, "code": mistake} for at, mistake in dict.fromkeys(mistakes)][:50]
        self.code, self.problem = code, {
            "type": f"https://care-chat.dev/problems/{code}", "title": code.replace("-", " ").capitalize(), "code": code,
            "status": STATUS[code], "retryable": code in ("token-expired", "rate-limited", "overloaded", "internal"), **more}
finite = lambda text: float(text) if abs(float(text)) < 1e300 else int("")  # what is no number in JSON is a ValueError
def read_json(data):  # The value of a JSON text in UTF-8. ValueError: it is none, or nested so deep that it cannot be read.
    try: return json.loads(data.decode("utf-8"), parse_constant=int, parse_float=finite)
    except RecursionError: raise ValueError from None
def is_deep(value, left=64):  # Whether it is nested deeper than that (S-2.4).
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return inner is not None and (left == 0 or any(is_deep(item, left - 1) for item in inner))
is_unicode = lambda value: not re.search("[\ud800-\udfff]", json.dumps(value, ensure_ascii=False))  # S-2.3
IS = {"object": lambda value: isinstance(value, dict), "array": lambda value: isinstance(value, list),
      "string": lambda value: isinstance(value, str), "boolean": lambda value: isinstance(value, bool),
      "integer": lambda value: type(value) is int or type(value) is float and value.is_integer()}

def mistakes(schema, value, at=""):  # (pointer, mistake) where it is not what a schema says; it may have more (S-2.6, S-10.2).
    if "$ref" in schema: return mistakes(named(schema), value, at)
    if "type" in schema and not IS[schema["type"]](value): return [(at, "type")]
    found, of = [], schema.get
    wrong = {"unknown-value": value != of("const", value) or value not in of("enum", [value])
             or "not" in schema and not mistakes(schema["not"], value)}
    if isinstance(value, dict):
        found = [(f"{at}/{name}", "required") for name in of("required", ()) if name not in value]
        for name, inner in of("properties", {}).items():
            if name in value: found += mistakes(inner, value[name], f"{at}/{name}")
        if branches := of("oneOf", of("anyOf")):  # where there is a choice, `kind` tells which
            fits = [branch for branch in map(named, branches) if not mistakes(branch["properties"]["kind"], value.get("kind"))]
            found += mistakes(fits[0], value, at) if fits else [(f"{at}/kind", "unknown-value")]
    elif isinstance(value, list):
        wrong |= {"too-many": len(value) > of("maxItems", 500), "too-few": len(value) < of("minItems", 0)}
        for index, item in enumerate(value[:500]): found += mistakes(of("items", {}), item, f"{at}/{index}")
    elif isinstance(value, str):  # the length of a text is counted in UTF-16, and the server's limit wins (S-9.3, S-9.4)
        is_text = at.endswith(("/text", "/fallback"))
        size = len(value.encode("utf-16-le", "replace")) // 2 if is_text else len(value)
        most = LIMITS["textChars"] if is_text else of("maxLength", size)
        wrong |= {"not-unicode": not is_unicode(value), "too-long": size > most,
                  "too-short": size < of("minLength", 0), "pattern": not re.fullmatch(of("pattern", "(?s).*"), value)}
    elif IS["integer"](value): wrong["out-of-range"] = not of("minimum", value) <= value <= of("maximum", value)
    return found + [(at, code) for code, holds in wrong.items() if holds]

def check(schema, value):  # The value, or `not-supported`, `too-large` with the limit, else `invalid` (S-5.10, S-9.3, S-10.4).
    if is_deep(value): raise Refused("invalid", ("", "too-deep"))
    found = mistakes(schema, value) or ([] if is_unicode(value) else [("", "not-unicode")])
    for at, code in found:
        if code == "unknown-value" and at.endswith("ev/kind"): raise Refused("not-supported", *found)
        limit = {"too-many": r"/(parts|first)$", "too-long": r"/(text|fallback)$"}.get(code)
        if limit and re.search(limit, at):
            raise Refused("too-large", *found, limit=LIMITS["textChars" if code == "too-long" else "partsPerMessage"])
    if found: raise Refused("invalid", *found)
    return value
