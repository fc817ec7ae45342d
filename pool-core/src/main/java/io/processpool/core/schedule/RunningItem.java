package io.processpool.core.schedule;

import io.processpool.TaskProgress;
import java.util.Optional;

/**
 * An item that runs.
 *
 * @param index its index within its job
 * @param attempt which attempt it is
 * @param progress how far it says that it has come; empty if it says nothing
 */
public record RunningItem(int index, Attempt attempt, Optional<TaskProgress> progress) {}
