"""A Jivo bot of Python's standard library alone. README.md says how to start it."""

import hmac
import json
import os
import queue
import re
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def text(words):
    return {"type": "TEXT", "text": words}


GREETING = text('Hello! I am a bot. Write "menu", "price" or "agent".')
HINT = text("I know only these words: menu, price, agent.")
NOBODY_HERE = text("Nobody is here right now. Leave your e-mail or phone, and we will write back.")

# "text" beside a title or a content is for channels without buttons or markup.
MENU = {
    "type": "BUTTONS",
    "title": "What would you like to know?",
    "text": "Delivery / Returns / Opening hours",
    "buttons": [
        {"id": "1", "text": "Delivery"},
        {"id": "2", "text": "Returns"},
        {"id": "3", "text": "Opening hours"},
    ],
}
PRICE = {
    "type": "MARKDOWN",
    "content": "The **Birch kettle** costs **2 490 ₽**.",
    "text": "The Birch kettle costs 2 490 ₽.",
}

# The first pattern that fits decides. A pressed button comes back as its text, so pressing and typing are one.
ANSWERS = [
    (r"\b(agent|operator|(агент|оператор)(а|у|ом)?)\b", "INVITE_AGENT"),
    (r"\b(menu|меню)\b", MENU),
    (r"\b(price|цен[аыу])\b", PRICE),
    (r"\bdelivery\b", text("Delivery takes two days and is free from 5 000 ₽.")),
    (r"\breturns\b", text("Returns are taken within 14 days.")),
    (r"\bopening hours\b", text("We are open every day from 9 to 21.")),
]


def setting(name):
    value = os.environ.get(name)
    if not value:
        print(f"{name} is not set. README.md shows how to start the bot.", file=sys.stderr)
        sys.exit(2)
    return value


PORT = int(os.environ.get("PORT") or 3000)
TOKEN = setting("JIVO_TOKEN")
JIVO = f"{os.environ.get('JIVO_URL') or 'http://127.0.0.1:7410'}/webhooks/{setting('JIVO_PROVIDER_ID')}/{TOKEN}"

# Events are handled by one thread, one after another, so that answers keep their order. A busy bot would do so for each chat.
events = queue.Queue()


def handle_all():
    chats = {}  # who has each chat that the bot has heard of: "bot" or "agent"
    heard = {}  # ids as keys, oldest first
    while True:
        event = events.get()
        name, chat = event["event"], event["chat_id"]
        # Jivo sends an event up to three times.
        if event["id"] in heard:
            print(f"{name} of chat {chat} came again", flush=True)
            continue
        print(f"{name} of chat {chat}", flush=True)
        if event["id"]:
            heard[event["id"]] = True
        # The oldest goes: repeats come within seconds.
        if len(heard) > 1000:
            del heard[next(iter(heard))]
        owner = chats.get(chat)
        if name == "AGENT_JOINED":
            chats[chat] = "agent"
        if name == "CHAT_CLOSED":
            chats.pop(chat, None)
        if owner == "agent":
            continue
        if name == "AGENT_UNAVAILABLE":
            say(event, NOBODY_HERE)
        if name == "CLIENT_MESSAGE":
            chats[chat] = "bot"
            fitting = (answer for pattern, answer in ANSWERS if re.search(pattern, event["text"], re.IGNORECASE))
            say(event, next(fitting, GREETING if owner is None else HINT))


def say(event, answer):
    """Tells Jivo. A failure is printed: the client can still write again."""
    body = {"id": str(uuid.uuid4()), "client_id": event["client_id"], "chat_id": event["chat_id"]}
    if answer == "INVITE_AGENT":
        body["event"] = "INVITE_AGENT"
    else:
        body["event"] = "BOT_MESSAGE"
        body["message"] = {**answer, "timestamp": int(time.time())}
    request = urllib.request.Request(JIVO, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            response.read()
    except urllib.error.HTTPError as error:
        print(f"Jivo answered {error.code} to {body['event']}: {error.read().decode(errors='replace')}", file=sys.stderr)
    except OSError as error:
        print(f"{body['event']} did not reach Jivo: {error}", file=sys.stderr)


def parse(body):
    """What the bot reads of an event, or None when the body is not one."""
    try:
        given = json.loads(body)
    except ValueError:
        return None
    if not isinstance(given, dict):
        return None
    event = {key: string(given.get(key)) for key in ("event", "id", "client_id", "chat_id")}
    message = given.get("message")
    event["text"] = string(message.get("text")) if isinstance(message, dict) else ""
    return event if event["event"] and event["chat_id"] else None


def string(value):
    """Ids go back as strings, whatever they came as: Jivo wants strings."""
    return str(value) if isinstance(value, (str, int)) else ""


class Bot(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self.is_from_jivo():
            return self.refuse(401, "invalid_client", "The token in the path is wrong.")
        event = parse(body)
        if event is None:
            return self.refuse(400, "invalid_request", "The body is not a JSON object with an event and a chat_id.")
        # At once: Jivo waits 3 s. What the bot says goes by a request of its own.
        events.put(event)
        self.answer(200, {})

    def do_GET(self):
        if not self.is_from_jivo():
            return self.refuse(401, "invalid_client", "The token in the path is wrong.")
        self.refuse(405, "invalid_request", "Events come as POST.")

    def is_from_jivo(self):
        """Jivo signs nothing: the token in the path is all that shows who asks."""
        return hmac.compare_digest(self.path.encode(), f"/jivo/{TOKEN}".encode())

    def refuse(self, status, code, message):
        self.answer(status, {"error": {"code": code, "message": message}})

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """The paths hold the token: they are not printed."""


threading.Thread(target=handle_all, daemon=True).start()
server = ThreadingHTTPServer(("127.0.0.1", PORT), Bot)
print(f"The bot listens at http://127.0.0.1:{PORT}/jivo/TOKEN", flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    pass
