package io.processpool.core.report;

import io.processpool.TaskMetadata;

/**
 * When a worker had a task in hand, in nanoseconds since the pool was made.
 *
 * @param task the task
 * @param start when it started
 * @param end when it ended, not before
 */
record Span(TaskMetadata task, long start, long end) {
  long length() {
    return end - start;
  }
}
