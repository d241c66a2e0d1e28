import os
import sys

BOT = "https://bot.jivosite.com" + os.environ["BOT_PATH"]
CHAT = "https://wh.jivosite.com" + os.environ["CHAT_PATH"]
JSON = {"Content-Type": "application/json; charset=utf-8"}


def urllib_client():
    import urllib.request

    def send(url, body=None):
        with urllib.request.urlopen(urllib.request.Request(url, body, JSON if body else {})) as answer:
            return answer.status, answer.read().decode()

    return send


def http_client():
    import http.client
    from urllib.parse import urlsplit

    def send(url, body=None):
        parts = urlsplit(url)
        connection = http.client.HTTPSConnection(parts.hostname, parts.port or 443)
        connection.request("POST" if body else "GET", parts.path or "/", body, JSON if body else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    return send


def requests_client():
    import requests

    session = requests.Session()

    def send(url, body=None):
        answer = session.post(url, data=body, headers=JSON) if body else session.get(url)
        return answer.status_code, answer.text

    return send


def httpx_client():
    import httpx

    client = httpx.Client()

    def send(url, body=None):
        answer = client.post(url, content=body, headers=JSON) if body else client.get(url)
        return answer.status_code, answer.text

    return send


def aiohttp_client(trust_env):
    import asyncio

    import aiohttp

    async def ask(url, body):
        async with aiohttp.ClientSession(trust_env=trust_env) as session:
            call = session.post(url, data=body, headers=JSON) if body else session.get(url)
            async with call as answer:
                return answer.status, await answer.text()

    return lambda url, body=None: asyncio.run(ask(url, body))


send = {
    "urllib": urllib_client,
    "http.client": http_client,
    "requests": requests_client,
    "httpx": httpx_client,
    "aiohttp": lambda: aiohttp_client(False),
    "aiohttp-trust-env": lambda: aiohttp_client(True),
}[sys.argv[1]]()
print("bot", send(BOT, os.environ["BOT_BODY"].encode())[0])
print("chat", send(CHAT, os.environ["CHAT_BODY"].encode())[0])
for url in os.environ.get("FOREIGN", "").split():
    try:
        print("foreign", send(url)[1].strip())
    except Exception:
        print("foreign refused")
