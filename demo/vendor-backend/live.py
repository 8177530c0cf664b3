"""One socket (§8). Delivery is a cursor over the log: no queue is kept, live and resume are one path (S-8.7, S-8.16)."""
import asyncio, json, secrets, time
from log import now
from wire import FRAMES, LIMITS, Refused, check, read_json
from websockets.exceptions import PayloadTooBig
from websockets.frames import Opcode
try: from websockets.protocol import Protocol, Side
except ImportError: from websockets.connection import Connection as Protocol, Side  # before version 11; Debian 12 has 10.4
CAPS, HEARTBEAT = ["resume", "batch", "typing"], {"intervalMs": 25_000, "graceMs": 10_000}
ENDS = {"token-invalid": (4401, "the token is not valid"), "token-expired": (4401, "the token has expired"),  # S-8.4
        "unsupported-version": (4406, "no common version", False), "rate-limited": (4429, "too many connections")}

class Connection:
    def __init__(self, server, reader, writer):
        self.server, self.chat, self.log, self.reader, self.writer = server, server.chat, server.log, reader, writer
        self.protocol = Protocol(Side.SERVER, max_size=LIMITS["frameBytes"])
        self.access, self.caps, self.cursors, self.more, self.parts, self.ended = None, [], {}, asyncio.Event(), [], False
        self.opened = self.heard = time.monotonic()
        self.pings, self.warned, self.typed, self.minute, self.frames, self.bad = 0, False, 0, 0, 0, 0
    async def run(self):  # Reads, follows the log, keeps the time; the first of these to end ends the connection.
        self.server.connections.add(self)
        tasks = [asyncio.ensure_future(task) for task in (self.read(), self.follow(), self.watch())]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks: task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.server.connections.discard(self)
        asyncio.get_running_loop().call_later(2, self.writer.transport.abort)
    async def read(self):
        while data := await self.reader.read(65536):
            self.protocol.receive_data(data)
            self.heard = time.monotonic()
            if isinstance(self.protocol.parser_exc, PayloadTooBig) and not self.ended:
                self.protocol = Protocol(Side.SERVER)  # the library has said its own farewell, which is another than S-9.3's
                self.bye(4413, "frame too large")
            for frame in self.protocol.events_received():
                if frame.opcode is Opcode.BINARY: self.bye(4400, "binary messages are reserved")  # S-8.1
                if frame.opcode not in (Opcode.TEXT, Opcode.CONT) or self.ended: continue
                self.parts.append(bytes(frame.data))
                if frame.fin:
                    message, self.parts = b"".join(self.parts), []
                    self.take(message)
            self.flush()
            await self.drained()
    def flush(self):
        for data in self.protocol.data_to_send(): self.writer.write(data) if data else self.writer.close()
    def send(self, t, d, **re):
        if self.ended or self.protocol.close_expected(): return
        self.protocol.send_text(json.dumps({"t": t, **re, "d": d}).encode())
        self.flush()
    def bye(self, code, reason, reconnect=True, **more):  # Before every close (S-8.14). What still comes is not listened to.
        if self.ended or self.protocol.close_expected(): return
        self.send("bye", {"code": code, "reason": reason, "reconnect": reconnect, **more})
        self.protocol.send_close(code, reason)
        self.flush()
        self.ended = True
        asyncio.get_running_loop().call_later(2, self.writer.transport.abort)
    async def drained(self):  # Waits until the client has taken it; one that does not in 30 s ends, and resumes (S-8.16).
        try: await asyncio.wait_for(self.writer.drain(), 30)
        except asyncio.TimeoutError: self.bye(4508, "slow consumer")
    async def watch(self):  # Time-outs (S-8.2), heartbeat (S-8.9), the end of the token (S-8.8).
        while time.monotonic() - self.heard < sum(HEARTBEAT.values()) / 1000:
            await asyncio.sleep(0.5)
            lives, left = (time.monotonic() - self.opened) * 1000, self.access.expires - now() if self.access else 0
            if not self.access and lives > 10_000: self.bye(4408, "no hello within 10 s")
            if lives > (self.pings + 1) * HEARTBEAT["intervalMs"]:
                self.pings += 1
                self.send("ping", {"n": self.pings})
            if self.access and left < 60_000 and not self.warned:
                self.warned = True
                self.send("auth.expiring", {"inMs": max(0, left)})
            if left < -25_000: self.bye(4401, "the token has expired")
    async def follow(self):  # What is behind each cursor, in order, once (S-8.7): to send and to move the cursor is one step.
        while await self.more.wait():
            self.more.clear()
            for stream in list(self.cursors):
                while rows := self.log.after(stream, self.cursors.get(stream, 2 ** 53), 20):
                    events, self.cursors[stream] = [self.chat.event(row) for row in rows], rows[-1]["seq"]
                    if "batch" in self.caps: self.send("events", {"stream": events[0]["stream"], "list": events})
                    else: [self.send("event", event) for event in events]
                    for event in events if stream == self.access.visitor else ():  # S-8.19
                        if self.cursors.setdefault(event["d"]["conversationId"], 0) == 0: self.more.set()
                    await self.drained()
    def take(self, message):  # A request is answered, a signal is not, what is neither ends the connection (S-10.4, S-10.5).
        if int(time.monotonic() / 60) != self.minute: self.minute, self.frames, self.bad = int(time.monotonic() / 60), 0, 0
        self.frames += 1
        if self.frames > 1200: return self.bye(4429, "too many frames", retryAfterMs=10_000)
        try: frame = read_json(message)
        except ValueError: return self.bye(4400, "not JSON")
        if not isinstance(frame, dict) or not isinstance(frame.get("t"), str): return self.bye(4400, "not a frame")
        t, id_, (schema, is_request) = frame["t"], frame.get("id"), FRAMES.get(frame["t"], (None, False))
        re = {"re": id_} if type(id_) is int and 0 < id_ < 2 ** 53 else {}
        try:
            if not self.access and t != "hello": raise Refused("bad-frame")  # S-8.2
            if schema is None: raise Refused("unknown-frame")
            if is_request and not (re and isinstance(frame.get("d"), dict)): return self.bye(4400, "not a request")
            name, d = check(schema, frame)["t"], frame["d"]
            if is_request and name not in self.DO: raise Refused("forbidden")  # the desk's
            self.resets, do = [], self.DO.get(name, lambda *_: None)
            answer = do(self, d)
            if is_request: self.send("welcome" if t == "hello" else "ok", answer, **re)
            for reset in self.resets: self.send("reset", reset)
        except Exception as error:
            refused = error if isinstance(error, Refused) else self.server.failure(error)
            if re and (is_request or schema is None or not self.access): self.send("err", refused.problem, **re)
            if not self.access and t != "hello": self.bye(4400, "hello comes first")
            elif t in ("hello", "auth") and refused.code in ENDS: self.bye(*ENDS[refused.code])
            elif schema and not is_request: self.bad += 1
            if self.bad > 20: self.bye(4400, "too many malformed signals")
    def start(self, d):  # Where following a stream begins: `resume`, or `reset` and why (S-8.5, S-8.6).
        name, log = self.chat.find(self.access.visitor, d["stream"]), self.log
        head, state = log.head(name), {} if name == self.access.visitor else {"state": self.chat.conversation(name)["state"]}
        seq, start = int(d.get("seq", head)), {"stream": d["stream"], "epoch": log.epoch, "head": head, **state}
        reason = ("epoch" if d.get("epoch", log.epoch) != log.epoch else "ahead" if seq > head else
                  "too-far" if head - seq > LIMITS["resumeMax"] else None)
        self.cursors[name] = head if reason else seq
        self.more.set()
        if reason: self.resets.append({**start, "floor": 1, "reason": reason})  # told behind the answer
        return {**start, "mode": "reset" if reason else "resume"}
    def hello(self, d):  # S-8.3, S-8.4.
        if self.access: raise Refused("bad-frame")
        if "1" not in d["v"]: raise Refused("unsupported-version")
        access = self.server.sessions.access(d["token"])
        if access.device != d["deviceId"]: raise Refused("token-invalid")
        others = [other for other in self.server.connections if other.access and other.access.device == access.device]
        if len(others) >= 20: raise Refused("rate-limited", retryAfterMs=5000)
        self.access, self.caps, starts = access, [cap for cap in CAPS if cap in d["caps"]], {}
        live = [conversation["id"] for conversation in self.chat.conversations(access.visitor, "waiting", "open")]
        for cursor in [*d["resume"], *({"stream": stream} for stream in ["self", *live])]:
            try: starts[cursor["stream"]] = starts.get(cursor["stream"]) or self.start(cursor)
            except Refused: pass  # a stream that this visitor may not see is left out
        return {"v": "1", "connId": f"n_{secrets.token_hex(6)}", "caps": self.caps, "limits": LIMITS, "hb": HEARTBEAT,
                "serverTime": now(), "tokenExpiresAt": access.expires, "subject": {"id": access.visitor, "role": "visitor"},
                "streams": list(starts.values()), "availability": self.chat.availability()}
    def auth(self, d):  # S-8.8.
        access = self.server.sessions.access(d["token"])
        if access[:2] != self.access[:2]: return self.bye(4403, "a token of another subject", False)
        self.access, self.warned = access, False
        return {"expiresAt": access.expires}
    def submit(self, d):  # S-5.1; what comes after the end of the token may come again (S-8.8).
        if now() >= self.access.expires: raise Refused("token-expired")
        return self.chat.submit(self.access, d["stream"], d["cmid"], d["ev"])
    def typing(self, d):  # Told to the console, not too often, and stored nowhere (S-8.11).
        name, at = self.chat.find(self.access.visitor, d["stream"]), time.monotonic()
        if d["on"] and at - self.typed >= LIMITS["typingMinMs"] / 1000 and self.server.console:
            self.typed = at
            self.server.console.say(f"{name}  …")
    # What is heard, and that is all: `pong` (S-8.9), and `page`, `locale`, `activity`, which are for a desk (S-8.12).
    DO = {"hello": hello, "auth": auth, "sub": start, "sync": start, "submit": submit, "typing": typing,
          "unsub": lambda self, d: {"unsub": self.cursors.pop(self.chat.find(self.access.visitor, d["stream"]), None)} and {},
          "receipt": lambda self, d: self.chat.own_receipt(self.access, d, d["stream"]),
          "ping": lambda self, d: self.send("pong", {"n": d["n"]})}
