package io.processpool.examples;

import java.time.Duration;
import java.util.List;

/** A census, and how long it took on a cold JVM and once more on a warm one. */
record TimedCensus(List<ClassCensus> classes, Duration firstRun, Duration secondRun) {}
