package io.processpool.spi;

/**
 * By what a task is known within its pool. As a text it is the number of its job, and behind a dot
 * the index of its item, if the job has items.
 *
 * @param job the number of the job that it belongs to, from 1
 * @param item the index of its item within the job, or {@link #ONLY}
 */
public record TaskId(long job, int item) {

  /** In the place of an index: the task is all that its job has. */
  public static final int ONLY = -1;

  /**
   * Reads an id.
   *
   * @param text what {@link #toString} has given
   * @return the id
   * @throws IllegalArgumentException if it is none
   */
  public static TaskId parse(String text) {
    String[] parts = text.split("\\.", -1);
    try {
      long job = Long.parseLong(parts[0]);
      int item = parts.length == 1 ? ONLY : Integer.parseInt(parts[1]);
      TaskId id = new TaskId(job, item);
      if (id.toString().equals(text) && job > 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      // As below.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not the id of a task, which is like 12 or 12.3");
  }

  /**
   * A task of the same job.
   *
   * @param distance how many items further on
   * @return its id; this one for the only task of a job
   */
  public TaskId plus(int distance) {
    return item == ONLY ? this : new TaskId(job, item + distance);
  }

  @Override
  public String toString() {
    return item == ONLY ? Long.toString(job) : job + "." + item;
  }
}
