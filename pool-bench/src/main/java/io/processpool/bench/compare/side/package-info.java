/**
 * The players, each a program of its own: the pool, the JDK's threads, bare pipes and bare JVMs. A
 * player reads a load from each line of its standard input, and answers with a line of figures.
 */
package io.processpool.bench.compare.side;
