package io.processpool;

import java.util.Optional;

/**
 * A line that a worker has printed.
 *
 * @param worker the number of the worker within its pool
 * @param taskId the id of the task that has printed it; empty if it belongs to none
 * @param stream where it was printed to
 * @param text the line, without its end
 */
public record OutputLine(int worker, Optional<String> taskId, StandardStream stream, String text) {}
