"""A backend for <care-chat>, written from the specification: the visitor profile on one port, in one process. See README.md."""
import argparse, asyncio, base64, hashlib, json, os, pathlib, re, signal, sqlite3, sys, threading
from urllib.parse import parse_qsl, unquote, urlsplit
from chat import Chat, Window
from live import CAPS, Connection
from log import Log, Sessions
from wire import LIMITS, SCHEMAS, Refused, check, read_json

class Server:
    def __init__(self, log, config, url):
        self.config, self.url, self.console, self.connections, self.newcomers = config, url, None, set(), Window(600)
        self.log, sessions, chat = log, Sessions(log), Chat(log, config)
        self.sessions, self.chat = sessions, chat
        log.changed, sessions.revoked, chat.tell = self.wake, self.revoke, self.tell
        stream = r"/v1/streams/(self|c_[A-Za-z0-9-]+(?:\.staff)?)"
        self.operations = [  # §9: method, path, whether it needs a token, schema of the body, function(who, body or query, id)
            ("GET", "/.well-known/care-chat", False, None, lambda _, query: (200, self.discovery(**query))),
            ("GET", "/v1/availability", False, None, lambda _, query: (200, self.discovery(**query)["availability"])),
            ("POST", "/v1/sessions", False, "SessionRequest", lambda _, body: (201, self.begin(body))),
            ("POST", "/v1/sessions/refresh", False, "RefreshRequest",
             lambda _, body: (200, sessions.refresh(body["refreshToken"], body["deviceId"]))),
            ("DELETE", "/v1/sessions/current", True, None, lambda who, _: (204, sessions.end(who.session))),
            ("GET", "/v1/conversations", True, None, self.list_conversations),
            ("POST", "/v1/conversations", True, "ConversationRequest", chat.open),
            ("GET", "/v1/conversations/(c_[A-Za-z0-9-]+)", True, None,
             lambda who, _, id_: (200, chat.conversation(chat.find(who.visitor, id_)))),
            ("GET", f"{stream}/events", True, None, self.read_events),
            ("POST", f"{stream}/events", True, "SubmitRequest", self.submit),
            ("PUT", f"{stream}/receipt", True, "ReceiptRequest",
             lambda who, body, id_: (200, chat.own_receipt(who, body, id_)))]
    def wake(self, streams):  # After a commit, whoever follows one of these streams reads on (S-8.7).
        for connection in self.connections:
            if not streams.isdisjoint(connection.cursors): connection.more.set()
        if self.console: self.console.show(streams)
    def tell(self, stream, t, d):  # An ephemeral frame; the first thing dropped where somebody reads slowly (S-8.16).
        for connection in self.connections:
            if stream in connection.cursors and connection.writer.transport.get_write_buffer_size() < 65536: connection.send(t, d)
    def revoke(self, session):  # S-6.3.
        for connection in self.connections:
            if connection.access and connection.access.session == session: connection.bye(4410, "revoked", False, wipe=True)
    def failure(self, error):  # A defect, logged by its name only: its words may hold what a person wrote.
        print(f"{type(error).__name__} in a request", file=sys.stderr)
        return Refused("overloaded", retryAfterMs=2000) if isinstance(error, sqlite3.Error) else Refused("internal")
    def discovery(self, widget=None, **_more):  # S-3.1, S-3.2.
        if widget not in (None, self.config["widget"]["id"]): raise Refused("widget-unknown")
        return {"protocol": "care-chat", "versions": ["1"], "rest": f"{self.url}/v1", "ws": f"ws{self.url[4:]}/v1/ws",
                "caps": CAPS, "limits": LIMITS, "widget": self.config["widget"], "availability": self.chat.availability()}
    def begin(self, body):
        self.newcomers.take(self.discovery(body["widgetId"])["widget"]["id"])
        return self.sessions.begin(body["deviceId"])
    def list_conversations(self, who, query):
        statuses = ["waiting", "open", "closed"]
        if query.get("status", "open") not in statuses: raise Refused("invalid", ("/status", "unknown-value"))
        return 200, {"list": self.chat.conversations(who.visitor, *([query["status"]] if "status" in query else statuses))}
    def read_events(self, who, query, stream):
        asked = {name: query[name] for name in ("after", "before", "limit") if name in query}
        for name, text in asked.items():
            if not re.fullmatch("[0-9]{1,15}", text): raise Refused("invalid", (f"/{name}", "type"))
        return 200, self.chat.page(who, stream, query.get("epoch"), **{name: int(text) for name, text in asked.items()})
    def submit(self, who, body, stream):
        result = self.chat.submit(who, stream, body["cmid"], body["ev"])
        return 200 if "dup" in result else 201, result
    def answer(self, method, target, headers, body):  # Finds the operation, who asks, and what (S-6.4, S-9.3, S-9.5).
        url, (scheme, _, token) = urlsplit(target), headers.get("authorization", "").partition(" ")
        for of, path, needs_token, schema, function in self.operations:
            found = re.fullmatch(path, unquote(url.path))
            if not found or of != method: continue
            if needs_token and (scheme.lower() != "bearer" or not token): raise Refused("token-missing")
            who, given = self.sessions.access(token.strip()) if needs_token else None, dict(parse_qsl(url.query))
            if schema:
                if len(body) > LIMITS["frameBytes"]: raise Refused("too-large", limit=LIMITS["frameBytes"])
                if not re.match(r"application/json\b", headers.get("content-type", ""), re.I): raise Refused("unsupported-type")
                try: given = read_json(body)
                except ValueError: raise Refused("bad-frame") from None
                check(SCHEMAS[schema], given)
            return function(who, given, *found.groups())
        if method == "OPTIONS": return 204, None  # the question of a browser before it asks (S-6.6)
        raise Refused("not-found")
    async def serve(self, reader, writer):  # One TCP connection: HTTP/1.1, until a request becomes a socket.
        try:
            while True:
                head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 65)).decode("latin-1").split("\r\n")
                method, target, _version = head[0].split(" ")
                if "transfer-encoding:" in "\n".join(head).lower(): return  # a length it has, or it is not understood
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
                length, most = int(headers.get("content-length", "0")), LIMITS["frameBytes"] + 1
                body = await asyncio.wait_for(reader.readexactly(min(length, most)), 30)
                for rest in range(min(length, 2 ** 24) - len(body), 0, -65536):  # too large: read, for the refusal to arrive
                    await asyncio.wait_for(reader.readexactly(min(rest, 65536)), 30)
                origin = headers.get("origin")
                try:
                    if origin not in [None, *self.config["origins"]]: raise Refused("origin-denied")  # S-6.6
                    if is_socket := headers.get("upgrade", "").lower() == "websocket": answer = self.upgrade(target, headers)
                    else: answer = self.respond(*self.answer(method, target, headers, body), origin)
                except Exception as error:
                    problem, is_socket = (error if isinstance(error, Refused) else self.failure(error)).problem, False
                    answer = self.respond(problem["status"], problem, origin)
                writer.write(answer)
                await asyncio.wait_for(writer.drain(), 30)
                if is_socket: return await Connection(self, reader, writer).run()
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.TimeoutError): pass  # gone
        finally: writer.close()
    def respond(self, status, value, origin):  # An answer, and what a page of an allowed origin may do (S-6.6).
        data, kind = b"" if value is None else json.dumps(value).encode(), "problem+json" if status >= 400 else "json"
        lines = [f"HTTP/1.1 {status} -", "cache-control: no-store", "vary: Origin"]
        if status != 204: lines += [f"content-type: application/{kind}", f"content-length: {len(data)}"]
        if origin in self.config["origins"]:
            lines += [f"access-control-allow-origin: {origin}", "access-control-allow-headers: authorization, content-type",
                      "access-control-allow-methods: GET, POST, PUT, DELETE", "access-control-max-age: 600"]
        if status >= 400 and "retryAfterMs" in value: lines.append(f"retry-after: {-(-value['retryAfterMs'] // 1000)}")
        return "\r\n".join([*lines, "", ""]).encode() + data
    def upgrade(self, target, headers):  # The upgrade with the subprotocol, or none (S-1.1).
        key, offered = headers.get("sec-websocket-key", ""), re.split(r"\s*,\s*", headers.get("sec-websocket-protocol", ""))
        if urlsplit(target).path != "/v1/ws": raise Refused("not-found")
        if "care-chat.v1" not in offered or headers.get("sec-websocket-version") != "13" or not key: raise Refused("bad-frame")
        accept = base64.b64encode(hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()).decode()
        return ("HTTP/1.1 101 -\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-protocol: care-chat.v1\r\n"
                f"sec-websocket-accept: {accept}\r\n\r\n").encode()

class Console:  # Where a person of the clinic reads what visitors write, and answers by typing a line.
    def __init__(self, server):
        self.chat, self.log, self.seen, self.last = server.chat, server.log, {}, None
        self.say("A line answers whoever wrote last, `c_… text` another. `/close` or `c_… /close` ends a conversation.")
        self.show({row["id"] for row in self.log.all("SELECT id FROM conversation WHERE status <> 'closed'")})
        self.chat.staffed, loop = True, asyncio.get_running_loop()
        listen = lambda: [loop.call_soon_threadsafe(self.typed, line.strip()) for line in sys.stdin]
        threading.Thread(target=listen, daemon=True).start()
    def say(self, text): print(text, flush=True)
    def show(self, streams):  # What visitors wrote; where staff has the conversation, it is delivered with that (S-8.10).
        for stream in (stream for stream in streams if stream.startswith("c_")):
            for event in map(self.chat.event, self.log.after(stream, self.seen.get(stream, 0), 1000)):
                self.seen[stream] = event["seq"]
                if event["kind"] != "message" or event["by"]["role"] != "visitor": continue
                self.last = stream
                self.say(" ".join([stream, "", *(part.get("text", part.get("fallback")) for part in event["d"]["parts"])]))
            if "agent" in self.chat.conversation(stream)["state"]:
                self.chat.receipt(stream, self.chat.staff["id"], "agent", {"delivered": self.seen[stream]})
    def typed(self, line):
        stream, text = re.fullmatch(r"(?:(c_\w+)\s+)?(.*)", line).groups()
        try: self.chat.reply(stream or self.last, None if text == "/close" else text[:8000]) if text else None
        except Exception as error: self.say(f"Not sent ({type(error).__name__}): is there such a conversation, not closed?")

async def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("config", nargs="?", default=pathlib.Path(__file__).with_name("widget.json"), help="like widget.json")
    options.add_argument("--console", action="store_true", help="show what visitors write; answer by typing")
    options.add_argument("--restored", action="store_true", help="the data come from a backup: begin a new epoch (S-4.3)")
    given, stop = options.parse_args(), asyncio.Event()
    config = json.loads(pathlib.Path(given.config).read_text("utf-8"))
    port, data = int(os.environ.get("PORT", config["port"])), os.environ.get("DATA", config["data"])
    server = Server(Log(data, given.restored), config, config["url"].format(port=port))
    for name in (signal.SIGTERM, signal.SIGINT): asyncio.get_running_loop().add_signal_handler(name, stop.set)
    listener = await asyncio.start_server(server.serve, "localhost", port)
    if given.console: server.console = Console(server)
    print(f"care-chat backend at {server.url}", flush=True)
    await stop.wait()
    listener.close()
    for connection in server.connections: connection.bye(4503, "draining", retryAfterMs=1000)  # S-8.14
    await asyncio.sleep(0.3)

if __name__ == "__main__": asyncio.run(main())
