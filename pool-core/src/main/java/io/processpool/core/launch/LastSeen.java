package io.processpool.core.launch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the pool saw a worker last.
 *
 * @param greeted whether the worker ever said hello
 * @param exitStack who had called {@code System.exit}; {@code null} if nobody had
 * @param killedBecause why the pool killed it; {@code null} if it did not
 * @param brokeProtocol whether it was killed for a breach of the protocol
 * @param overdue whether it was killed because its end, of which all was known, did not come
 */
record LastSeen(
    boolean greeted,
    @Nullable List<StackTraceElement> exitStack,
    @Nullable String killedBecause,
    boolean brokeProtocol,
    boolean overdue) {}
