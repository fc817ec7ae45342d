package io.processpool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a pool has done so far, for people: where its time went, what stands out, and what could be
 * done about it. It is as of the moment when it was asked for. Immutable, and safe for use by
 * several threads.
 *
 * <p>A pool remembers a limited number of finished tasks. Lists of tasks, advice and files are
 * about those alone; {@link #stats} counts them all.
 *
 * <pre>{@code
 * System.out.println(report);
 * report.advice().forEach(System.out::println);
 * report.writeHtml(Path.of("pool.html"));
 * }</pre>
 */
public interface PoolReport {

  /**
   * The figures of the pool and of its workers.
   *
   * @return the figures
   */
  PoolStats stats();

  /**
   * The finished tasks that the pool remembers.
   *
   * @return them in the order in which they started, those that never did last; unmodifiable
   */
  List<TaskMetadata> tasks();

  /**
   * How many finished tasks the pool does not remember any more.
   *
   * @return the number, 0 if it remembers them all
   */
  long forgotten();

  /**
   * The tasks that ran longest.
   *
   * @param count how many at most
   * @return them, the longest first; unmodifiable
   * @throws IllegalArgumentException if {@code count} is negative
   */
  List<TaskMetadata> longest(int count);

  /**
   * The tasks that ran far longer than the others of their map; a single task is compared with
   * those of the same label. Of ten tasks or more such a one ran for more than 3 times as long as 9
   * in 10 of the others did, and for 10 milliseconds longer than their median.
   *
   * @return them, the longest first; unmodifiable
   */
  List<TaskMetadata> stragglers();

  /**
   * What could be done to have the pool work better: each piece of advice says what was seen, with
   * the figures, and what may help.
   *
   * @return sentences; empty if nothing stands out; unmodifiable
   */
  List<String> advice();

  /**
   * Writes the timeline of the workers and tasks as a trace, which <a
   * href="https://ui.perfetto.dev">Perfetto</a> and Chrome's {@code about:tracing} show. Neighbours
   * that ran for less than 20 microseconds may be shown as one. The file is replaced only once all
   * of it is written.
   *
   * @param file the file, usually with a name that ends in {@code .json}
   * @throws IOException if it cannot be written
   */
  void writeTrace(Path file) throws IOException;

  /**
   * Writes the report as a page for a web browser: figures, timeline, tables and advice, all in one
   * file that loads nothing else. The file is replaced only once all of it is written.
   *
   * @param file the file, usually with a name that ends in {@code .html}
   * @throws IOException if it cannot be written
   */
  void writeHtml(Path file) throws IOException;

  /**
   * The report as plain text: the figures, a table of the workers, the longest tasks, stragglers
   * and advice.
   *
   * @return the text, of several lines
   */
  @Override
  String toString();
}
