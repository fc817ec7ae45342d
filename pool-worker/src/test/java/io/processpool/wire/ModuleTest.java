package io.processpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.processpool.TaskSerializationException;
import io.processpool.wire.kryo.GrowingOutput;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of named modules need their package to be open. */
class ModuleTest {

  @TempDir Path directory;

  @Test
  void aPackageThatIsNotOpenIsNamed() throws Exception {
    Class<?> thing = compileInModule("module m { exports p; }");
    Object value = thing.getConstructor().newInstance();

    assertThatThrownBy(() -> Codecs.CODEC.encode(List.of(value), "argument"))
        .isInstanceOf(TaskSerializationException.class)
        .hasMessage(
            "argument cannot travel: p.Thing at List[0] cannot be read, because module m does"
                + " not open package p");
  }

  @Test
  void aPackageThatIsOpenTravels() throws Exception {
    Class<?> thing = compileInModule("open module m {}");
    Object value = thing.getConstructor().newInstance();
    PayloadCodec codec = new PayloadCodec(thing.getClassLoader(), null);

    assertThat(Codecs.roundTrip(codec, value)).hasToString("thing");
  }

  @Test
  void lambdasOfAPackageThatIsNotOpenTravel() throws Exception {
    Class<?> thing = compileInModule("module m { exports p; }");
    Object lambda = thing.getMethod("lambda").invoke(null);
    PayloadCodec codec = new PayloadCodec(thing.getClassLoader(), null);

    GrowingOutput function = new GrowingOutput(64);
    codec.encodeFunction(lambda, function);
    Object arrived = codec.decodeFunction(function.getBuffer(), 0, function.position());

    assertThat(((Callable<?>) arrived).call()).isEqualTo("called");
  }

  private Class<?> compileInModule(String declaration) throws Exception {
    Path source = Files.createDirectories(directory.resolve("source/p")).resolve("Thing.java");
    Files.writeString(
        source,
        "package p; public class Thing { private String s = \"thing\";"
            + " public String toString() { return s; }"
            + " public static Object lambda() {"
            + " return (java.util.concurrent.Callable<String> & java.io.Serializable)"
            + " () -> \"called\"; } }");
    Path module = directory.resolve("source/module-info.java");
    Files.writeString(module, declaration);
    Path classes = directory.resolve("classes");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source.toString(), module.toString());
    assertThat(status).isZero();
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("m"));
    return boot.defineModulesWithOneLoader(configuration, getClass().getClassLoader())
        .findLoader("m")
        .loadClass("p.Thing");
  }
}
