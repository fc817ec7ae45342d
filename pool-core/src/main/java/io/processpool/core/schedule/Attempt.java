package io.processpool.core.schedule;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to run items.
 *
 * @param worker where
 * @param number which attempt it is, 1 for the first
 * @param began when it began, in nanoseconds of this process's clock, where that is not told
 *     otherwise
 * @param departure how the items came to the pool, if they did so after their job; else {@code
 *     null}
 */
public record Attempt(
    WorkerIdentity worker, int number, OptionalLong began, @Nullable Departure departure) {}
