/**
 * Measures the hot paths one by one, with JMH: frames, serialisation, the scheduler, and the
 * delivery of results. {@link io.processpool.bench.jmh.JmhCommand} runs the benchmarks.
 */
package io.processpool.bench.jmh;
