package io.processpool.core.result;

import io.processpool.ResultIterator;
import io.processpool.core.history.Submission;
import io.processpool.core.schedule.ItemBlock;
import io.processpool.core.schedule.Job;
import io.processpool.wire.TaskFunction;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the parts of an imap together. */
public final class Imaps {

  private Imaps() {}

  /** Takes the chunks of a job. */
  public interface ChunkSink {

    /**
     * Submits a chunk.
     *
     * @param job what it belongs to
     * @param items the items
     */
    void submit(Job job, ItemBlock items);
  }

  /**
   * How an imap is to run.
   *
   * @param chunkSize how many items travel together
   * @param window how many items may be pulled ahead of the consumer
   * @param ordered whether the results come in the order of the items
   */
  public record Shape(int chunkSize, int window, boolean ordered) {}

  /**
   * Starts an imap.
   *
   * @param context what it needs of its pool
   * @param task what to do with each item
   * @param submission how it came to the pool
   * @param lease an object to be held as long as the iterator is
   * @param input the items
   * @param shape how it is to run
   * @param registration told of the job before it begins
   * @param chunks takes its chunks
   * @param <R> the type of one result
   * @return the results
   */
  public static <R extends @Nullable Object> ResultIterator<R> start(
      JobContext context,
      TaskFunction task,
      Submission submission,
      Object lease,
      Iterator<?> input,
      Shape shape,
      Consumer<Job> registration,
      ChunkSink chunks) {
    ImapJob job = new ImapJob(context, task, submission, shape.window(), shape.ordered());
    registration.accept(job);
    job.start(
        new ImapFeeder(
            input, job, context.codec(), shape.chunkSize(), items -> chunks.submit(job, items)));
    return new ImapIterator<>(job, lease);
  }
}
