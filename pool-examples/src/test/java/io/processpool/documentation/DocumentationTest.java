package io.processpool.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the README and in the documentation of the API compile. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern PRE = Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\* }</pre>");

  /** What the examples take for granted. */
  private static final String AROUND =
      """
      import com.esotericsoftware.kryo.kryo5.Kryo;
      import com.esotericsoftware.kryo.kryo5.serializers.JavaSerializer;
      import io.processpool.*;
      import io.processpool.connection.*;
      import io.processpool.connection.Pipe;
      import static java.nio.charset.StandardCharsets.UTF_8;

      import java.math.BigInteger;
      import java.net.*;
      import java.nio.channels.SocketChannel;
      import java.nio.file.Path;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;

      class Example {
        Pool pool;
        List<String> words;
        List<Integer> numbers;
        Iterable<BigInteger> endlessNumbers;
        AsyncMapResult<Integer> result;
        PoolReport report;
        ExecutionException executionException;
        byte[] key;
        byte[] request;
        ExecutorService executor;
        SocketChannel socket;
        ConnectionOptions options;
        Connection connection;
        List<Connection> connections;
        void serve(Connection connection) {}
        void handle(byte[] message) {}
        record Money(long cents) {}
        static class MoneySerializer extends JavaSerializer {}

        void example() throws Exception {
      EXAMPLE
        }
      }
      """;

  @TempDir Path classes;

  /** An example, and where it stands. */
  record Example(String place, String code) {
    @Override
    public String toString() {
      return place;
    }
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>(find(FENCE, ROOT.resolve("README.md")));
    for (String module : List.of("pool-api", "pool-connection")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          examples.addAll(find(PRE, file));
        }
      }
    }
    return examples;
  }

  @Test
  void allPlacesHaveExamples() throws IOException {
    assertThat(examples())
        .extracting(Example::place)
        .contains("README.md", "Pool.java", "Connection.java");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void compiles(Example example) {
    StringWriter complaints = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-d", classes.toString(), "-proc:none");
    boolean compiled =
        compiler.getTask(complaints, null, null, options, null, List.of(source(example))).call();
    assertThat(compiled).as(complaints::toString).isTrue();
  }

  private static JavaFileObject source(Example example) {
    String text = AROUND.replace("EXAMPLE", example.code());
    return new SimpleJavaFileObject(
        URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public String getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private static List<Example> find(Pattern pattern, Path file) throws IOException {
    List<Example> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(Files.readString(file));
    while (matcher.find()) {
      String code = matcher.group(1).replaceAll("(?m)^ *\\* ?", "");
      found.add(new Example(file.getFileName().toString(), code));
    }
    return found;
  }
}
