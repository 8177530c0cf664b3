"""What is kept (§4–§6): an append-only log, and who somebody is, in one SQLite file, which one process owns.
Nothing is answered before its transaction is on the disk (S-5.3), so kill -9 loses nothing that was acknowledged."""
import base64, collections, contextlib, fcntl, hmac, json, secrets, sqlite3, time
from wire import Refused
TABLES = """PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS event (stream TEXT, seq INTEGER, id TEXT, at INTEGER, kind TEXT, rest TEXT,
  cmid TEXT, dev TEXT, print TEXT, PRIMARY KEY (stream, seq), UNIQUE (stream, dev, cmid));
CREATE TABLE IF NOT EXISTS conversation (id TEXT PRIMARY KEY, visitor TEXT, status TEXT, state TEXT, created INTEGER);
CREATE INDEX IF NOT EXISTS own ON conversation (visitor, created);
CREATE TABLE IF NOT EXISTS watermark (stream TEXT, who TEXT, mark TEXT, PRIMARY KEY (stream, who));
CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, visitor TEXT, device TEXT, generation INTEGER,
  rotated INTEGER, revoked INTEGER);"""
ACCESS_MS, GRACE_MS = 10 * 60_000, 60_000  # S-6.1: 5–15 minutes; S-6.2
Access = collections.namedtuple("Access", "visitor device session expires")
now = lambda: time.time_ns() // 1_000_000  # S-2.1

class Log:  # `changed(streams)` is called after a commit with the streams that grew.
    def __init__(self, file, restored=False):
        self.lock, self.grown, self.changed = open(f"{file}.lock", "w"), set(), lambda streams: None
        try: fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # SQLite alone would let a second process write
        except OSError: raise SystemExit(f"Another process uses {file}: end it, or name another file in `data`.") from None
        self.db = sqlite3.connect(file)
        self.db.row_factory = sqlite3.Row
        self.db.executescript(TABLES)
        with self.db:
            if restored: self.db.execute("DELETE FROM meta WHERE name = 'epoch'")  # then, and only then, a new one (S-4.3)
            for row in zip(("epoch", "secret"), map(secrets.token_hex, (8, 32))):
                self.db.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", row)
        self.epoch, self.secret = (row["value"] for row in self.all("SELECT value FROM meta ORDER BY name"))
    def all(self, sql, *values): return self.db.execute(sql, values).fetchall()
    def one(self, sql, *values): return self.db.execute(sql, values).fetchone()
    @contextlib.contextmanager
    def transaction(self):  # All or nothing; ends with it on the disk, and only then tells whoever follows (S-5.3).
        self.grown = set()
        with self.db: yield
        self.changed(self.grown)
    def head(self, stream): return self.one("SELECT max(seq) AS seq FROM event WHERE stream = ?", stream)["seq"] or 0  # S-4.4
    def append(self, stream, kind, by, d, cmid=None, dev=None, print=None):  # Numbered in the transaction (S-4.2, S-5.2).
        rest, id_ = json.dumps({"by": by, "d": d}), f"e_{secrets.token_hex(8)}"
        row = (stream, self.head(stream) + 1, id_, now(), kind, rest, cmid, dev, print)
        self.db.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self.grown.add(stream)
        return self.one("SELECT * FROM event WHERE stream = ? AND seq = ?", *row[:2])
    def after(self, *at): return self.all("SELECT * FROM event WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?", *at)
    def prior(self, *to): return self.all("SELECT * FROM event WHERE stream = ? AND seq < ? ORDER BY seq DESC LIMIT ?", *to)[::-1]

class Sessions:  # Signed tokens (§6); a refresh token has a generation. `revoked(session)` is called when one has ended.
    def __init__(self, log): self.log, self.revoked = log, None
    def mac(self, text): return hmac.new(self.log.secret.encode(), text.encode("utf-8", "replace"), "sha256").hexdigest()
    def sign(self, *claims):  # The claims and a signature in one opaque text.
        text = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode()
        return f"{text}.{self.mac(text)}"
    def read(self, token, kind):  # The claims of a token of ours, else a refusal (S-6.4).
        text, _, mac = token.partition(".")
        if not hmac.compare_digest(self.mac(text).encode(), mac.encode()): raise Refused("token-invalid")
        found, *claims = json.loads(base64.urlsafe_b64decode(text))
        if found != kind: raise Refused("token-invalid")
        return claims
    def begin(self, device):  # A new anonymous visitor on this device (S-6.1).
        visitor, session = f"v_{secrets.token_hex(12)}", f"s_{secrets.token_hex(12)}"
        with self.log.db: self.log.db.execute("INSERT INTO session VALUES (?, ?, ?, 0, 0, 0)", (session, visitor, device))
        return self.tokens(visitor, device, session, 0)
    def tokens(self, visitor, device, session, generation):
        at = now()
        return {"visitorId": visitor, "accessToken": self.sign("access", visitor, device, session, at + ACCESS_MS),
                "expiresAt": at + ACCESS_MS, "refreshToken": self.sign("refresh", session, generation), "serverTime": at}
    def access(self, token):  # Whose token this is; an invented, revoked or expired one is refused (S-6.3, S-8.4).
        access = Access(*self.read(token, "access"))
        if self.log.one("SELECT 1 FROM session WHERE id = ? AND revoked", access.session): raise Refused("token-invalid")
        if now() >= access.expires: raise Refused("token-expired")
        return access
    def refresh(self, token, device):  # The newest rotates; the one before it gets the same again for 60 s; else all end (S-6.2).
        session, generation = self.read(token, "refresh")
        row = self.log.one("SELECT * FROM session WHERE id = ?", session)
        is_newest, is_own = generation == row["generation"], row["device"] == device
        if not is_newest and not (is_own and generation == row["generation"] - 1 and now() - row["rotated"] <= GRACE_MS):
            self.end(session)
        if row["revoked"] or not is_own or self.log.one("SELECT 1 FROM session WHERE id = ? AND revoked", session):
            raise Refused("token-invalid")
        if is_newest:
            sql = "UPDATE session SET generation = generation + 1, rotated = ? WHERE id = ?"
            with self.log.db: self.log.db.execute(sql, (now(), session))
        return self.tokens(row["visitor"], device, session, generation + 1)
    def end(self, session):  # Log-out, and what happens to the family of a token that was used twice (S-6.2, S-6.3).
        with self.log.db: self.log.db.execute("UPDATE session SET revoked = 1 WHERE id = ?", (session,))
        self.revoked(session)
