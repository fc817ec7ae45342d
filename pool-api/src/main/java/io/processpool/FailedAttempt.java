package io.processpool;

/**
 * An attempt to run an item that was lost with its worker.
 *
 * @param index the item's index within its map, 0 for a single task
 * @param number which attempt it was, 1 for the first
 * @param failure how the worker was lost
 */
public record FailedAttempt(int index, int number, WorkerLostException failure) {}
