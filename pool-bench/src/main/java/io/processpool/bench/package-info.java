/** The application: {@link io.processpool.bench.Bench} runs the commands, each in its own room. */
package io.processpool.bench;
