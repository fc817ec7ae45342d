/**
 * Holds pools against what else there is, on this machine and in one run: {@link
 * io.processpool.bench.compare.CompareCommand} lets players take turns, and prints one table of
 * ratios. What the players do is in {@link io.processpool.bench.compare.side}.
 */
package io.processpool.bench.compare;
