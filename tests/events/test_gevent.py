"""Receivers in a program in which gevent has replaced threads, locks and sockets; in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
from gevent import monkey
monkey.patch_all()
import asyncio, contextvars, http.client, json, sqlite3, sys
import gevent
from gevent.pywsgi import WSGIServer
from scgapi import events

POSTS = 12
store = events.SqliteStore(sys.argv[1])
receiver = events.Receiver(allow_unauthenticated=True, store=store)
where = contextvars.ContextVar("where")
running = []

@receiver.on(events.BaseEvent)
async def meets_the_others(event):
    running.append(event.id)
    while len(running) < POSTS:  # only coroutines that run at the same time get further
        await asyncio.sleep(0.001)
    assert where.get() == event.id

@receiver.on(events.BaseEvent)
def ordinary(event):
    gevent.sleep(0)

app = events.wsgi_app(receiver)

def served(environ, start_response):
    where.set(environ["PATH_INFO"][1:])
    return app(environ, start_response)

server = WSGIServer(("127.0.0.1", 0), served, log=None)
server.start()

def post(name):
    made = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    content = json.dumps({"event": {"evt-tp": "x"}, "event-id": name})
    made.request("POST", f"/{name}", content, {"content-type": "application/json"})
    return made.getresponse().status

posts = [gevent.spawn(post, f"e{number}") for number in range(POSTS)]
gevent.joinall(posts)
print([each.value for each in posts])

# Another program writes to the file: what is known is answered meanwhile.
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
waiting = gevent.spawn(post, "new")
gevent.sleep(0.01)
print(post("e0"), waiting.ready())
other.execute("COMMIT")
waiting.join()
print(waiting.value)
server.stop()
"""


def test_coroutine_handlers_run_at_the_same_time_and_a_busy_file_blocks_no_other_post(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "events.db")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split("\n") == [str([200] * 12), "200 False", "200", ""]
