package io.processpool.bench.compare.side;

/** A record as users have them. */
record Point(int id, long time, double x, double y, String name) {}
