package io.processpool;

import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How a worker came to its end, as far as can be told. Immutable. */
public final class WorkerLoss implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** What ended a worker. */
  public enum Reason {
    /** A task, or something else in the worker, called {@code System.exit}. */
    EXIT,
    /** The process ended by itself without the rites of {@code System.exit}: a halt. */
    HALT,
    /** There was no memory left in its heap, or in the system for its JVM. */
    OUT_OF_MEMORY,
    /** The JVM crashed, as native code makes it. */
    CRASH,
    /**
     * A signal killed it; with {@code SIGKILL} it may have been the system's, for want of memory,
     * or the pool's, which then says why.
     */
    KILLED,
    /** It said what a worker does not say, or did not understand what it was told. */
    PROTOCOL,
    /** It cannot be told. */
    UNKNOWN
  }

  private final Reason reason;
  private final String explanation;
  private final long pid;
  private final Duration uptime;
  private final @Nullable Integer exitStatus;
  private final @Nullable String signal;
  private final @Nullable String crashReport;
  private final StackTraceElement[] exitStack;
  private final String[] lastOutput;

  private WorkerLoss(Builder builder) {
    this.reason = builder.reason;
    this.explanation = builder.explanation;
    this.pid = builder.pid;
    this.uptime = builder.uptime;
    this.exitStatus = builder.exitStatus;
    this.signal = builder.signal;
    this.crashReport = builder.crashReport;
    this.exitStack = builder.exitStack.toArray(new StackTraceElement[0]);
    this.lastOutput = builder.lastOutput.toArray(new String[0]);
  }

  /**
   * Begins the description of a loss of which nothing else is known.
   *
   * @param reason what ended the worker
   * @param explanation the reason in words
   * @param pid the worker's process id
   * @return a builder
   */
  public static Builder of(Reason reason, String explanation, long pid) {
    return new Builder(reason, explanation, pid);
  }

  /**
   * What ended the worker.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }

  @Override
  public String toString() {
    return reason + " of the worker with process id " + pid + ": " + explanation;
  }

  /**
   * The reason in words, with what is known besides.
   *
   * @return one line or more
   */
  public String explanation() {
    return explanation;
  }

  /**
   * The worker's process id.
   *
   * @return the process id
   */
  public long pid() {
    return pid;
  }

  /**
   * How long the worker lived.
   *
   * @return the time from its start to its end
   */
  public Duration uptime() {
    return uptime;
  }

  /**
   * The worker's exit status: what it passed to {@code System.exit}, or 128 + n if signal n ended
   * it. A JVM that crashes and writes a report ends with status 1, or 134 where it is told to leave
   * a core dump too.
   *
   * @return the exit status, empty if it is not known
   */
  public OptionalInt exitStatus() {
    return exitStatus == null ? OptionalInt.empty() : OptionalInt.of(exitStatus);
  }

  /**
   * The signal that ended the worker. For a crash it is the one that the JVM's report names,
   * whatever the exit status.
   *
   * @return its name, such as {@code SIGKILL}; empty if there was none, or it is not known
   */
  public Optional<String> signal() {
    return Optional.ofNullable(signal);
  }

  /**
   * The JVM's own report on its crash.
   *
   * @return the file, empty if there is none
   */
  public Optional<Path> crashReport() {
    return Optional.ofNullable(crashReport).map(Path::of);
  }

  /**
   * Who called {@code System.exit}.
   *
   * @return the stack of the thread that did; empty if nobody did, or it is not known
   */
  public List<StackTraceElement> exitStack() {
    return List.of(exitStack);
  }

  /**
   * What the worker printed last.
   *
   * @return its last lines, oldest first; of very long ones the beginning
   */
  public List<String> lastOutput() {
    return List.of(lastOutput);
  }

  /** Puts together what is known of a loss. Not safe for use by several threads. */
  public static final class Builder {
    private final Reason reason;
    private final String explanation;
    private final long pid;
    private Duration uptime = Duration.ZERO;
    private @Nullable Integer exitStatus;
    private @Nullable String signal;
    private @Nullable String crashReport;
    private List<StackTraceElement> exitStack = List.of();
    private List<String> lastOutput = List.of();

    private Builder(Reason reason, String explanation, long pid) {
      this.reason = reason;
      this.explanation = explanation;
      this.pid = pid;
    }

    /**
     * Sets how long the worker lived.
     *
     * @param uptime the time from its start to its end
     * @return this builder
     */
    public Builder uptime(Duration uptime) {
      this.uptime = uptime;
      return this;
    }

    /**
     * Sets the exit status.
     *
     * @param status what the system reports
     * @return this builder
     */
    public Builder exitStatus(int status) {
      this.exitStatus = status;
      return this;
    }

    /**
     * Sets the signal that ended the worker.
     *
     * @param name its name, such as {@code SIGKILL}; {@code null} for none
     * @return this builder
     */
    public Builder signal(@Nullable String name) {
      this.signal = name;
      return this;
    }

    /**
     * Sets where the JVM reported its crash.
     *
     * @param file the file; {@code null} for none
     * @return this builder
     */
    public Builder crashReport(@Nullable Path file) {
      this.crashReport = file == null ? null : file.toString();
      return this;
    }

    /**
     * Sets who called {@code System.exit}.
     *
     * @param stack the stack of the thread that did
     * @return this builder
     */
    public Builder exitStack(List<StackTraceElement> stack) {
      this.exitStack = List.copyOf(stack);
      return this;
    }

    /**
     * Sets what the worker printed last.
     *
     * @param lines its last lines, oldest first
     * @return this builder
     */
    public Builder lastOutput(List<String> lines) {
      this.lastOutput = List.copyOf(lines);
      return this;
    }

    /**
     * Describes the loss.
     *
     * @return what was put together
     */
    public WorkerLoss build() {
      return new WorkerLoss(this);
    }
  }
}
