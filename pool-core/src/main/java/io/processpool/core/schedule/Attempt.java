package io.processpool.core.schedule;

import java.util.OptionalLong;

/**
 * An attempt to run items.
 *
 * @param worker where
 * @param number which attempt it is, 1 for the first
 * @param began when it began, in nanoseconds of this process's clock, where that is not told
 *     otherwise
 */
public record Attempt(WorkerIdentity worker, int number, OptionalLong began) {}
