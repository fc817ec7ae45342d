"""The other end of a conversation, with Python's own multiprocessing.connection.

peer.py client ADDRESS KEY SCENARIO...     connects to a listener
peer.py listener FAMILY KEY SCENARIO...    listens, and prints its address

An address is HOST:PORT or a path, a key is in hexadecimal, or - if there is none.
"""
import mmap
import os
import signal
import socket
import sys
from multiprocessing import AuthenticationError, BufferTooShort, connection
from multiprocessing.connection import Client, Connection, Listener


def say(*words):
    print(*words, flush=True)


def parse_address(text):
    if "/" in text:
        return text
    host, port = text.rsplit(":", 1)
    return host, int(port)


def format_address(address):
    return address if isinstance(address, str) else "%s:%d" % address


def parse_key(text):
    return None if text == "-" else bytes.fromhex(text)


def pattern(size):
    return (bytes(range(251)) * (size // 251 + 1))[:size]


# Scenarios of a connection: how it goes on after the handshake.

def echo(conn):
    """Sends back what comes, until the other end closes."""
    count = 0
    try:
        while True:
            conn.send_bytes(conn.recv_bytes())
            count += 1
    except EOFError:
        say("echoed", count)


def ask(conn, *sizes):
    """Has messages of these sizes sent back, and compares."""
    for size in sizes:
        message = pattern(int(size))
        conn.send_bytes(message)
        assert conn.recv_bytes() == message, size
    say("answered", len(sizes))


def ask_into(conn):
    """As before, with offsets and sizes, and room that does not suffice."""
    message = pattern(1000)
    conn.send_bytes(message, 10)
    conn.send_bytes(message, 10, 20)
    conn.send_bytes(message)
    room = bytearray(2000)
    assert conn.poll(60)
    assert conn.recv_bytes_into(room, 500) == 990
    assert room[500:1490] == message[10:]
    assert conn.recv_bytes(20) == message[10:30]
    try:
        conn.recv_bytes_into(bytearray(10))
    except BufferTooShort as e:
        assert e.args[0] == message
        say("too short")


def give_huge(conn, size):
    """Sends a message of zeros that takes no memory."""
    with mmap.mmap(-1, int(size), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as zeros:
        view = memoryview(zeros)
        conn.send_bytes(view)
        view.release()
    say("gave", size)


def take_huge(conn):
    """Receives a message, and tells its size and sum."""
    message = conn.recv_bytes()
    say("took", len(message), message.count(7))


def wait_for_end(conn):
    try:
        conn.recv_bytes()
    except EOFError:
        say("ended")


class CutConnection(Connection):
    """Kills its process when it has sent so many bytes."""
    left = None

    def _send(self, buf, write=os.write):
        data = bytes(buf)[:self.left]
        os.write(self._handle, data)
        self.left -= len(data)
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def cut(sock, at):
    conn = CutConnection(sock.detach())
    conn.left = at
    if at == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return conn


def in_child(work):
    """Has a child do something, which is to be killed."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(1)
    assert os.waitpid(pid, 0)[1] == signal.SIGKILL


def vanishing_clients(address, key, first, last):
    """Clients that are killed when they have sent first, first + 1, ... bytes."""
    def run(at):
        sock = socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET)
        sock.connect(address)
        conn = cut(sock, at)
        connection.answer_challenge(conn, key)
        connection.deliver_challenge(conn, key)
        conn.send_bytes(b"hello")

    for at in range(int(first), int(last)):
        in_child(lambda: run(at))
        say("killed", at)


def vanishing_listeners(family, key, first, last):
    """Listeners that are killed when they have sent first, first + 1, ... bytes."""
    listener = Listener(None, family, 16)

    def run(at):
        sock, _ = listener._listener._socket.accept()
        conn = cut(sock, at)
        connection.deliver_challenge(conn, key)
        connection.answer_challenge(conn, key)
        conn.send_bytes(b"hello")

    say(format_address(listener.address))
    for at in range(int(first), int(last)):
        in_child(lambda: run(at))
        say("killed", at)


def deliver(listener, key, digest):
    """A handshake with a digest of one's choice, then an echo."""
    with listener.accept() as conn:
        connection.deliver_challenge(conn, key, digest)
        connection.answer_challenge(conn, key)
        echo(conn)


SCENARIOS = {f.__name__: f for f in (echo, ask, ask_into, give_huge, take_huge, wait_for_end)}


def client(address, key, scenario, *arguments):
    address, key = parse_address(address), parse_key(key)
    if scenario == "vanish":
        vanishing_clients(address, key, *arguments)
        return
    with Client(address, authkey=key) as conn:
        SCENARIOS[scenario](conn, *arguments)


def listener(family, key, scenario, *arguments):
    key = parse_key(key)
    if scenario == "vanish":
        vanishing_listeners(family, key, *arguments)
        return
    address = ("localhost", 0) if family == "AF_INET" else None
    bare = scenario == "deliver"
    with Listener(address, family, 16, None if bare else key) as listening:
        say(format_address(listening.address))
        if bare:
            deliver(listening, key, *arguments)
            return
        with listening.accept() as conn:
            SCENARIOS[scenario](conn, *arguments)


if __name__ == "__main__":
    try:
        {"client": client, "listener": listener}[sys.argv[1]](*sys.argv[2:])
    except (AuthenticationError, EOFError, OSError, AssertionError) as e:
        say(type(e).__name__, e)
