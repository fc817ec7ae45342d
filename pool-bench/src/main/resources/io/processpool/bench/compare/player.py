"""Python's multiprocessing.Pool: a load from each line of standard input, figures to each."""

import multiprocessing
import sys
import time

WORKERS = 2


def increment(number):
    return number + 1


def same(value):
    return value


def spin(micros):
    end = time.perf_counter() + micros / 1e6
    while time.perf_counter() < end:
        pass
    return micros


def seconds(step):
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def check(right):
    if not right:
        raise ValueError("a wrong result")


class Player:
    def __init__(self, pool):
        self.pool = pool
        self.kept = None

    def numbers(self, count):
        if self.kept is None or len(self.kept) != count:
            self.kept = list(range(count))
        return self.kept

    def apply(self, count):
        times = []
        for _ in range(int(count)):
            start = time.perf_counter()
            check(self.pool.apply(increment, (41,)) == 42)
            times.append(time.perf_counter() - start)
        times.sort()
        middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
        return f"median={middle * 1e6} p99={late * 1e6}"

    def map(self, count, chunk=None):
        items = self.numbers(int(count))
        size = None if chunk is None else int(chunk)

        def step():
            check(self.pool.map(increment, items, size)[-1] == len(items))

        return f"rate={len(items) / seconds(step)}"

    def storm(self, count):
        count = int(count)

        def step():
            handles = [self.pool.apply_async(increment, (i,)) for i in range(count)]
            for i in range(count):
                check(handles[i].get() == i + 1)

        return f"rate={count / seconds(step)}"

    def imap(self, count):
        items = self.numbers(int(count))

        def step():
            for item, result in zip(items, self.pool.imap(increment, items)):
                check(result == item + 1)

        return f"rate={len(items) / seconds(step)}"

    def imapUnordered(self, count):
        items = self.numbers(int(count))

        def step():
            total = sum(self.pool.imap_unordered(increment, items))
            check(total == len(items) * (len(items) + 1) // 2)

        return f"rate={len(items) / seconds(step)}"

    def echo(self, size):
        payload = bytes(int(size))

        def step():
            check(len(self.pool.apply(same, (payload,))) == len(payload))

        return f"rate={len(payload) / 1e6 / seconds(step)}"

    def skew(self, count, short, long, places):
        micros = [float(short)] * int(count)
        for place in places.split(","):
            micros[int(place)] = float(long)
        return f"millis={1000 * seconds(lambda: self.pool.map(spin, micros))}"


def serve(context):
    with context.Pool(WORKERS) as pool:
        player = Player(pool)
        for line in sys.stdin:
            name, *arguments = line.split()
            print(getattr(player, name)(*arguments), flush=True)


def first_result(context):
    start = time.perf_counter()
    with context.Pool(WORKERS) as pool:
        check(pool.apply(increment, (41,)) == 42)
        print(f"millis={1000 * (time.perf_counter() - start)}", flush=True)


if __name__ == "__main__":
    chosen = multiprocessing.get_context(sys.argv[1])
    if len(sys.argv) > 2:
        first_result(chosen)
    else:
        serve(chosen)
