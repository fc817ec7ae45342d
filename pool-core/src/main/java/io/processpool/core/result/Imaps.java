package io.processpool.core.result;

import io.processpool.ResultIterator;
import io.processpool.core.history.Submission;
import io.processpool.core.schedule.ItemBlock;
import io.processpool.core.schedule.Job;
import io.processpool.wire.TaskFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the parts of an imap together. */
public final class Imaps {

  private Imaps() {}

  /** Takes the chunks of a job. */
  public interface ChunkSink {

    /**
     * Submits chunks, all in one step.
     *
     * @param job what they belong to
     * @param chunks the items
     */
    void submit(Job job, List<ItemBlock> chunks);
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
   * What is to be pulled.
   *
   * @param items the items
   * @param atHand whether to ask for the next item never takes long
   */
  record Input(Iterator<?> items, boolean atHand) {
    private static final Set<Class<?>> COLLECTIONS =
        Set.of(
            ArrayList.class,
            ArrayDeque.class,
            HashSet.class,
            LinkedHashSet.class,
            LinkedList.class,
            Arrays.asList().getClass(),
            List.of().getClass(),
            List.of(1).getClass(),
            Collections.nCopies(1, 1).getClass());

    static Input of(Iterable<?> items) {
      return new Input(items.iterator(), COLLECTIONS.contains(items.getClass()));
    }
  }

  /**
   * Starts an imap.
   *
   * @param context what it needs of its pool
   * @param task what to do with each item
   * @param submission how it came to the pool
   * @param lease an object to be held as long as the iterator is
   * @param items the items
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
      Iterable<?> items,
      Shape shape,
      Consumer<Job> registration,
      ChunkSink chunks) {
    Input input = Input.of(items);
    ImapJob job = new ImapJob(context, task, submission, shape.window(), shape.ordered());
    registration.accept(job);
    job.start(
        new ImapFeeder(
            input, job, context.codec(), shape.chunkSize(), filled -> chunks.submit(job, filled)));
    return new ImapIterator<>(job, lease);
  }
}
