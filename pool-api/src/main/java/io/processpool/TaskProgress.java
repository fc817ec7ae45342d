package io.processpool;

/**
 * How far a task says that it has come: by {@link TaskContext#progress}.
 *
 * @param done how much it has done, in units of its own
 * @param total how much there is to do; 0 if it does not know
 * @param message what it is doing, possibly empty
 */
public record TaskProgress(long done, long total, String message) {}
