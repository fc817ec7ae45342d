package io.processpool.bench.chaos;

import io.processpool.TaskSerializationException;
import io.processpool.WorkerLoss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an item does. Its own failures bear its number. */
enum ItemKind {
  /** Returns at once. */
  QUICK {
    @Override
    Answer run(Item item, int attempt) {
      return Answer.to(item);
    }
  },

  /** Computes for some milliseconds. */
  WORK {
    @Override
    Answer run(Item item, int attempt) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1 + item.number() % 10);
      while (System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      return Answer.to(item);
    }
  },

  /** Sleeps for a short while. */
  NAP {
    @Override
    Answer run(Item item, int attempt) throws InterruptedException {
      Thread.sleep(item.number() % 100);
      return Answer.to(item);
    }
  },

  /** Returns millions of characters. */
  BIG_RESULT {
    @Override
    Answer run(Item item, int attempt) {
      return Answer.to(item, Item.bigText(item.number()));
    }
  },

  /** Takes millions of characters. */
  BIG_ARGUMENT {
    @Override
    Answer run(Item item, int attempt) {
      if (!Item.bigText(item.number()).equals(item.load())) {
        throw new IllegalArgumentException("The argument arrived as another");
      }
      return Answer.to(item);
    }
  },

  /** Prints to both streams. */
  PRINT {
    @Override
    Answer run(Item item, int attempt) {
      System.out.println("item " + item.number() + " prints a line");
      System.err.println("item " + item.number() + " complains");
      return Answer.to(item);
    }
  },

  /** Starts a process that goes on for longer than the item. */
  CHILD {
    @Override
    Answer run(Item item, int attempt) throws IOException {
      Children.start(item.number());
      return Answer.to(item);
    }
  },

  /** Throws a checked exception. */
  THROW(ChaosException.class) {
    @Override
    Answer run(Item item, int attempt) throws ChaosException {
      throw new ChaosException(nameOf(item.number()));
    }
  },

  /** Throws an unchecked exception. */
  THROW_UNCHECKED(IllegalStateException.class) {
    @Override
    Answer run(Item item, int attempt) {
      throw new IllegalStateException(nameOf(item.number()));
    }
  },

  /** Overflows the stack. */
  OVERFLOW(StackOverflowError.class) {
    @Override
    Answer run(Item item, int attempt) {
      try {
        return new Answer(item.number(), depth(item.number()), null);
      } catch (StackOverflowError e) {
        StackOverflowError named = new StackOverflowError(nameOf(item.number()));
        named.setStackTrace(e.getStackTrace());
        throw named;
      }
    }

    private long depth(long number) {
      return number < 0 ? 0 : 1 + depth(number + 1);
    }
  },

  /** Returns what cannot travel. */
  UNSENDABLE(TaskSerializationException.class) {
    @Override
    Answer run(Item item, int attempt) {
      return Answer.to(item, Thread.currentThread());
    }
  },

  /** Calls {@code System.exit}. */
  EXIT(WorkerLoss.Reason.EXIT) {
    @Override
    Answer run(Item item, int attempt) {
      System.exit(17);
      return Answer.to(item);
    }
  },

  /** Halts the JVM. */
  HALT(WorkerLoss.Reason.HALT) {
    @Override
    Answer run(Item item, int attempt) {
      Runtime.getRuntime().halt(18);
      return Answer.to(item);
    }
  },

  /** Crashes the JVM. */
  CRASH(WorkerLoss.Reason.CRASH) {
    @Override
    Answer run(Item item, int attempt) throws IOException, InterruptedException {
      Signals.send("SEGV", ProcessHandle.current().pid());
      Thread.sleep(TimeUnit.SECONDS.toMillis(30));
      return Answer.to(item);
    }
  },

  /** Fills the heap. */
  OUT_OF_MEMORY(WorkerLoss.Reason.OUT_OF_MEMORY) {
    @Override
    Answer run(Item item, int attempt) {
      List<byte[]> hoard = new ArrayList<>();
      while (hoard.size() < Integer.MAX_VALUE) {
        hoard.add(new byte[1 << 20]);
      }
      return Answer.to(item, hoard.size());
    }
  },

  /** Halts the JVM when it runs for the first time. */
  HALT_ONCE {
    @Override
    Answer run(Item item, int attempt) {
      if (attempt == 1) {
        Runtime.getRuntime().halt(19);
      }
      return Answer.to(item);
    }
  },

  /** Sleeps for ever, unless it is interrupted. */
  SLEEP {
    @Override
    Answer run(Item item, int attempt) throws InterruptedException {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        throw new InterruptedException(nameOf(item.number()));
      }
      return Answer.to(item);
    }
  },

  /** Spins for ever and takes no notice of an interrupt. */
  SPIN {
    @Override
    Answer run(Item item, int attempt) {
      while (true) {
        Thread.onSpinWait();
      }
    }
  };

  private final @Nullable Class<? extends Throwable> ownFailure;
  private final WorkerLoss.@Nullable Reason endOfWorker;

  ItemKind() {
    this.ownFailure = null;
    this.endOfWorker = null;
  }

  ItemKind(Class<? extends Throwable> ownFailure) {
    this.ownFailure = ownFailure;
    this.endOfWorker = null;
  }

  ItemKind(WorkerLoss.Reason endOfWorker) {
    this.ownFailure = null;
    this.endOfWorker = endOfWorker;
  }

  /**
   * Does it.
   *
   * @param attempt how often the item has begun, this time included
   */
  abstract Answer run(Item item, int attempt) throws Exception;

  /** Tells whether the item itself fails so, of its own accord. */
  boolean mayThrow(Throwable failure) {
    return ownFailure != null && ownFailure.isInstance(failure);
  }

  /** What a worker is lost for that runs the item; empty if it should not be lost. */
  Optional<WorkerLoss.Reason> endOfWorker() {
    return Optional.ofNullable(endOfWorker);
  }

  /** Tells whether the item has a value, if it is let. */
  boolean hasValue() {
    return switch (this) {
      case QUICK, WORK, NAP, BIG_RESULT, BIG_ARGUMENT, PRINT, CHILD, HALT_ONCE -> true;
      default -> false;
    };
  }

  /** What an item's own failures say. */
  static String nameOf(long number) {
    return "item " + number + " of chaos";
  }
}
