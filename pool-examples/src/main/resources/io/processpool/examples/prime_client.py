"""Has a pool of Java workers count primes, and counts them itself to compare.

prime_client.py PORT END     reads the key, in hexadecimal, from its standard input
"""
import sys
from multiprocessing.connection import Client

RANGES = 20


def ask(port, key, ranges):
    """Sends all ranges as one message, and gets all counts as one."""
    with Client(("127.0.0.1", port), authkey=key) as connection:
        connection.send_bytes("\n".join("%d %d" % r for r in ranges).encode())
        return [int(count) for count in connection.recv_bytes().decode().split("\n")]


def sieve(end):
    """Whether each number below the end is prime, as Eratosthenes found it."""
    prime = bytearray([1]) * end
    prime[:2] = b"\0\0"
    for n in range(2, int(end ** 0.5) + 1):
        if prime[n]:
            prime[n * n::n] = bytes(len(range(n * n, end, n)))
    return prime


def main():
    port, end = int(sys.argv[1]), int(sys.argv[2])
    key = bytes.fromhex(sys.stdin.readline())
    step = end // RANGES
    ranges = [(start, start + step) for start in range(0, step * RANGES, step)]
    counts = ask(port, key, ranges)
    prime = sieve(step * RANGES)
    expected = [sum(prime[start:stop]) for start, stop in ranges]
    if counts != expected:
        sys.exit("The pool has counted %s instead of %s" % (counts, expected))
    print("Python %d.%d: the pool has found %d primes below %d, and so have I"
          % (sys.version_info[0], sys.version_info[1], sum(counts), step * RANGES))


main()
