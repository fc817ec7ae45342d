package io.processpool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.kryo5.io.Output;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Serialisation prints nothing, not even what the JVM says of the code it loads. */
class SilenceTest {

  @TempDir Path directory;

  /** What the child JVM runs. */
  static final class Everything {
    private Everything() {}

    public static void main(String[] arguments) throws Exception {
      String users = System.getProperty("kryo.unsafe");
      Stream.of(
              EqualValuesTest.scalars(),
              EqualValuesTest.times(),
              EqualValuesTest.ours(),
              EqualValuesTest.collections())
          .flatMap(values -> values)
          .forEach(Codecs::roundTrip);
      UserClasses.use(Codecs.roundTrip(UserClasses.everything()));
      new GraphShapeTest().aLambdaMayBePartOfTheObjectItCaptures();
      Codecs.roundTripFailure(
          Codecs.CODEC, Codecs.CODEC, new FailureTest.Stubborn("boom", new Exception()));
      try {
        Codecs.CODEC.encode(new Thread(), new Output(16, -1), "value");
      } catch (io.processpool.TaskSerializationException expected) {
        boolean kept = java.util.Objects.equals(users, System.getProperty("kryo.unsafe"));
        System.exit(kept ? 42 : 1);
      }
    }
  }

  /** What a child JVM runs that has few modules of the JDK. */
  @SuppressWarnings("JavaUtilDate") // what users send
  static final class Basics {
    private Basics() {}

    public static void main(String[] arguments) throws Exception {
      UserClasses.use(Codecs.roundTrip(UserClasses.everything()));
      Codecs.roundTrip(new Object[] {new java.util.Date(), java.util.UUID.randomUUID()});
      System.exit(42);
    }
  }

  @Test
  void fewModulesAreEnough() throws Exception {
    run(Basics.class, "--limit-modules=java.base,jdk.unsupported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-Dkryo.unsafe=true", "-Xlog:disable"})
  void aFreshJvmStaysSilent(String option) throws Exception {
    run(Everything.class, option);
  }

  private void run(Class<?> main, String option) throws Exception {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!option.isEmpty()) {
      command.add(option);
    }
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(classPath());
    command.add(main.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    int status = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();

    assertThat(read(err)).isEmpty();
    assertThat(read(out)).isEmpty();
    assertThat(status).isEqualTo(42);
  }

  /** As the codec sees it; a build tool may have hidden it behind a manifest. */
  private static String classPath() throws Exception {
    List<String> entries = new ArrayList<>();
    for (Class<?> type :
        List.of(
            SilenceTest.class,
            PayloadCodec.class,
            io.processpool.PoolException.class,
            Output.class,
            org.jspecify.annotations.Nullable.class,
            org.assertj.core.api.Assertions.class,
            Test.class,
            org.junit.platform.commons.annotation.Testable.class,
            ParameterizedTest.class)) {
      entries.add(
          new File(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
