"""What can be done with a chat (§3–§6, §8.4), whichever way it was asked for: REST, socket and console come here."""
import hashlib, json, secrets, time
from collections import defaultdict, deque
from log import now
from wire import LIMITS, Refused
DESK = "accept", "assign", "reopen", "note"  # staff's (S-5.10); that no bot answers here is S-5.11
fingerprint = lambda value: hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()  # S-5.4, S-6.7: "the same"

class Window:  # At most so many in a minute per key (S-8.17).
    def __init__(self, most): self.most, self.times = most, defaultdict(deque)
    def take(self, key):
        at, past = time.monotonic(), self.times[key]
        while past and past[0] <= at - 60: past.popleft()
        if len(past) >= self.most: raise Refused("rate-limited", retryAfterMs=int((past[0] + 60 - at) * 1000) + 1)
        past.append(at)
        if len(self.times) > 10_000: self.times.pop(next(iter(self.times)))  # memory is bounded, whoever comes

class Chat:  # `tell(stream, t, d)` gives an ephemeral frame to the connections that follow a stream.
    def __init__(self, log, config):
        self.log, self.widget, self.staff = log, config["widget"], config["staff"]
        self.submits, self.tell, self.staffed, self.v = Window(LIMITS["submitPerMin"]), None, False, now()
    def availability(self):  # Somebody is there while the console is (S-3.4).
        state = "online" if self.staffed else "offline"
        departments = [{"id": department["id"], "state": state} for department in self.widget["departments"]]
        return {"v": self.v, "state": state, "departments": departments, "agents": [self.staff] if self.staffed else []}
    def find(self, visitor, stream):  # The log's name of a stream; a stranger's is not found, never forbidden (S-4.1, S-6.10).
        if stream == "self": return visitor
        if self.log.one("SELECT 1 FROM conversation WHERE id = ? AND visitor = ?", stream, visitor): return stream
        raise Refused("not-found")
    def event(self, row):  # An event as its visitor sees it (S-4.2, S-4.7).
        stream, own = row["stream"], {"cmid": row["cmid"], "dev": row["dev"]} if row["cmid"] else {}
        return {"stream": "self" if stream.startswith("v_") else stream, "epoch": self.log.epoch, "seq": row["seq"],
                "id": row["id"], "kind": row["kind"], "at": row["at"], **json.loads(row["rest"]), **own}
    def page(self, access, stream, epoch=None, after=None, before=None, limit=None):  # A page of history (S-4.10).
        name, head = self.find(access.visitor, stream), self.log.head(self.find(access.visitor, stream))
        if after is not None and before is not None: raise Refused("invalid", ("/before", "unknown-value"))
        if epoch not in (None, self.log.epoch): raise Refused("epoch-changed")
        most, end = (min(a, a if b is None else b) for a, b in ((LIMITS["pageMax"], limit), (head + 1, before)))
        rows = self.log.prior(name, end, most) if after is None else self.log.after(name, after, most)
        complete = end - len(rows) <= 1 if after is None else after + len(rows) >= head
        return {"stream": stream, "epoch": self.log.epoch, "head": head, "floor": 1, "complete": complete,
                "events": [self.event(row) for row in rows]}
    def conversation(self, stream):  # A conversation with its state at the head (S-6.11).
        row = self.log.one("SELECT * FROM conversation WHERE id = ?", stream)
        marks = [json.loads(row["mark"]) for row in self.log.all("SELECT mark FROM watermark WHERE stream = ?", stream)]
        return {"id": stream, "epoch": self.log.epoch, "head": self.log.head(stream),
                "state": {**json.loads(row["state"]), "status": row["status"], "watermarks": marks, "createdAt": row["created"]}}
    def conversations(self, visitor, *statuses):  # The visitor's own, newest first (S-6.10).
        rows = self.log.all("SELECT id, status FROM conversation WHERE visitor = ? ORDER BY created DESC, rowid DESC", visitor)
        return [self.conversation(row["id"]) for row in rows if row["status"] in statuses][:200]
    def missing(self, records):  # Required consents without a record of exactly the text that is configured (S-6.9).
        def hashes(text, tag):
            for texts in (text["text"], text.get("html") or text["text"]):
                words = texts.get(tag, texts.get(tag.split("-")[0], texts.get("en", next(iter(texts.values())))))
                yield hashlib.sha256(words.encode()).hexdigest()
        for index, text in enumerate(self.widget["consents"]):
            given = [record for record in records if record["granted"] and record["purpose"] == text["purpose"]
                     and record["version"] == text["version"] and record["textHash"] in hashes(text, record["locale"])]
            if text["required"] and not given: yield f"/consents/{index}", "required"
    def open(self, access, body):  # Once per cmid (S-6.7), one at a time (S-6.8), its events in order (S-6.13).
        self.submits.take(access.session)
        visitor, key = access.visitor, (body["cmid"], access.device, fingerprint(body))
        if known := self.known(visitor, *key): return 200, self.conversation(self.event(known)["d"]["conversationId"])
        if live := self.conversations(visitor, "waiting", "open"): return 200, live[0]
        if missing := list(self.missing(body.get("consents", []))): raise Refused("consent-required", *missing)
        if "preChat" in body: raise Refused("form-version")  # no form is asked here: the answer is to another one (S-6.9)
        state = {"departmentId": body["departmentId"]} if "departmentId" in body else {}
        if not set(state.values()) <= {department["id"] for department in self.widget["departments"]}:
            raise Refused("invalid", ("/departmentId", "unknown-value"))
        stream, by, system = f"c_{secrets.token_hex(8)}", {"id": visitor, "role": "visitor"}, {"id": "system", "role": "system"}
        with self.log.transaction():
            row = (stream, visitor, "waiting", json.dumps(state), now())
            self.log.db.execute("INSERT INTO conversation VALUES (?, ?, ?, ?, ?)", row)
            for record in body.get("consents", []): self.log.append(stream, "consent", by, record)
            self.log.append(stream, "assignment", system, {"state": "queued", "reason": "created", **state})
            self.log.append(stream, "status", system, {"status": "waiting"})
            if ev := "first" in body and {"kind": "message", "parts": body["first"]}:
                self.log.append(stream, "message", by, self.message(ev), *key[:2], fingerprint(ev))
            self.log.append(visitor, "conversation.created", by, {"conversationId": stream}, *key)
        return 201, self.conversation(stream)
    def known(self, stream, cmid, dev, print):  # What this key became, if the same was asked (S-5.2, S-5.5).
        row = self.log.one("SELECT * FROM event WHERE stream = ? AND dev = ? AND cmid = ?", stream, dev, cmid)
        if row and row["print"] != print: raise Refused("cmid-reused")
        return row
    def message(self, ev):  # What is kept of a message: of a text the text, of any other part everything (S-4.12).
        if any(part["kind"] == "buttons" for part in ev["parts"]): raise Refused("not-supported")  # a bot's (S-5.13)
        parts = [{"kind": "text", "text": part["text"]} if part["kind"] == "text" else part for part in ev["parts"]]
        return {"parts": parts, **({"lang": ev["lang"]} if "lang" in ev else {})}
    def submit(self, access, stream, cmid, ev):  # The one way to make a fact: one event per key, for ever (§5).
        self.submits.take(access.session)
        name, kind, by = self.find(access.visitor, stream), ev["kind"], {"id": access.visitor, "role": "visitor"}
        if stream == "self": raise Refused("invalid", ("/stream", "wrong-stream"))
        if kind not in ("message", "close", "consent"): raise Refused("forbidden" if kind in DESK else "not-supported")
        key = (cmid, access.device, fingerprint(ev))
        if not (row := (known := self.known(name, *key))):
            if kind != "consent" and self.conversation(name)["state"]["status"] == "closed": raise Refused("closed-conversation")
            with self.log.transaction():
                if kind == "close": row = self.set_status(name, "closed", by, "visitor", *key)
                else: row = self.log.append(name, kind, by, ev["consent"] if kind == "consent" else self.message(ev), *key)
        return {"stream": stream, "cmid": cmid, "epoch": self.log.epoch, "seq": row["seq"], "eventId": row["id"], "at": row["at"],
                **({"dup": True} if known else {})}
    def set_status(self, stream, status, by, reason, *key):  # In a transaction: it is an event, and one of `self` (S-6.13).
        self.log.db.execute("UPDATE conversation SET status = ? WHERE id = ?", (status, stream))
        row = self.log.append(stream, "status", by, {"status": status, "reason": reason}, *key)
        visitor = self.log.one("SELECT visitor FROM conversation WHERE id = ?", stream)["visitor"]
        self.log.append(visitor, "conversation.updated", by, {"conversationId": stream, "status": status})
        return row
    def receipt(self, stream, who, role, asked):  # They never fall, read ≤ delivered ≤ head; the other side is told (S-8.10).
        row, head = self.log.one("SELECT mark FROM watermark WHERE stream = ? AND who = ?", stream, who), self.log.head(stream)
        old = json.loads(row["mark"]) if row else {"who": who, "role": role, "delivered": 0, "read": 0}
        read = max(old["read"], min(asked.get("read", 0), head))
        mark = old | {"delivered": max(old["delivered"], read, min(asked.get("delivered", 0), head)), "read": read}
        if mark != old:
            with self.log.db: self.log.db.execute("REPLACE INTO watermark VALUES (?, ?, ?)", (stream, who, json.dumps(mark)))
            if role == "agent": self.tell(stream, "receipt", {"stream": stream, **mark})
        return mark
    def own_receipt(self, who, asked, stream): return self.receipt(self.find(who.visitor, stream), who.visitor, "visitor", asked)
    def reply(self, stream, text):  # Staff answers, and takes the conversation with that (S-7.6 in small); None closes it.
        state = self.conversation(stream)["state"]
        if state["status"] == "closed": raise Refused("closed-conversation")
        with self.log.transaction():
            if text is None: return self.set_status(stream, "closed", self.staff, "agent")
            if state["status"] == "waiting":
                self.log.append(stream, "assignment", self.staff, {"state": "assigned", "agent": self.staff})
                agent = json.dumps({"agent": self.staff})
                self.log.db.execute("UPDATE conversation SET state = json_patch(state, ?) WHERE id = ?", (agent, stream))
                self.set_status(stream, "open", self.staff, "accepted")
                self.log.append(stream, "participant.joined", self.staff, {"who": self.staff})
            self.log.append(stream, "message", self.staff, {"parts": [{"kind": "text", "text": text}]})
        self.receipt(stream, self.staff["id"], "agent", {"read": self.log.head(stream)})
