package io.processpool.spi;

import io.processpool.StandardStream;
import java.util.Optional;

/**
 * A line that was printed in a slot.
 *
 * @param task the task that has printed it; empty if it is not known, or there is none
 * @param stream where it was printed to
 * @param text the line, without its end
 * @param finished whether it has an end; if not, then what comes next belongs to the same line, or
 *     its task has ended
 */
public record PrintedLine(
    Optional<TaskId> task, StandardStream stream, String text, boolean finished) {}
