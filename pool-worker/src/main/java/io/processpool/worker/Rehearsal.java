package io.processpool.worker;

import io.processpool.Args;
import io.processpool.TaskContext;
import io.processpool.function.SerializableCallable;
import io.processpool.function.SerializableFunction;
import io.processpool.function.SerializableRunnable;
import io.processpool.wire.TaskFunction;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker is given to do when its start-up archive is made: a little of what first tasks do.
 * What is loaded for it is what other workers will find in the archive. One class that they do not
 * find there has them open their jar, which takes as long as all classes of a first task.
 */
public final class Rehearsal {

  /**
   * The system property that a worker has set which does this, and writes an archive at its end.
   */
  public static final String MARK = "io.processpool.rehearsal";

  private static final String CLASS = Rehearsal.class.getName() + "$Visit";

  private Rehearsal() {}

  /** A class that user code might have. */
  private record Visit(String place, int number) {}

  /**
   * An initializer.
   *
   * @return one that does nothing
   */
  public static SerializableRunnable initializer() {
    return () -> {};
  }

  /**
   * The function of the tasks.
   *
   * @return runs what is its argument
   */
  public static SerializableFunction<@Nullable Object, @Nullable Object> function() {
    return item -> ((SerializableCallable<?>) item).call();
  }

  /**
   * The arguments of the tasks.
   *
   * @return what is to be run
   */
  public static List<SerializableCallable<?>> items() {
    return List.of(
        Rehearsal::number,
        Rehearsal::functions,
        Rehearsal::values,
        Rehearsal::print,
        Rehearsal::log,
        Rehearsal::useContext,
        Rehearsal::loadClass,
        Rehearsal::measure,
        Rehearsal::fail);
  }

  private static Object number() {
    return 1;
  }

  /** Of as many arguments as the function of the tasks has not. */
  private static Object functions() {
    return List.of(
            new TaskFunction.Nullary(() -> null),
            new TaskFunction.Binary((first, second) -> null),
            new TaskFunction.Ternary((first, second, third) -> null))
        .size();
  }

  private static Object values() {
    List<Object> values = new ArrayList<>(List.of(1, 2L, 3.0, true, "text"));
    values.add(Map.of("key", Set.of(1, 2)));
    values.add(Args.of(new int[] {1}, new Visit("here", 1)));
    return values;
  }

  private static String print() {
    System.out.println("printed by " + Thread.currentThread().getName());
    System.err.printf("%d %s%n", 1, "printed");
    return new Visit("there", 2).toString();
  }

  private static boolean log() {
    Logger logger = LoggerFactory.getLogger(Rehearsal.class);
    logger.info("{} is logged", "this", new IllegalStateException("of the rehearsal"));
    return logger.isDebugEnabled();
  }

  private static Object useContext() {
    TaskContext task = TaskContext.current();
    task.progress(1, 2, "half");
    return task.isCancelled();
  }

  /** By a loader such as that of the user's classes, from a jar. */
  private static String loadClass() throws IOException, ClassNotFoundException {
    URL jar = Rehearsal.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (UserClassLoader loader = new UserClassLoader(new URL[] {jar}, platform)) {
      return Class.forName(CLASS, true, loader).getName();
    }
  }

  /** Loads what is otherwise loaded beside the first task, and might come too late. */
  private static boolean measure() throws InterruptedException {
    Usages usages = new Usages();
    while (usages.now() == null) {
      Thread.sleep(1);
    }
    return true;
  }

  private static Object fail() {
    throw new IllegalStateException("This is the end of the rehearsal");
  }
}
