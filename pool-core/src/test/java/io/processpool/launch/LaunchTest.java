package io.processpool.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.processpool.testing.Program;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However an application is started, its workers find its classes. */
@Timeout(120)
class LaunchTest {
  private static final String APP = LaunchedApp.class.getName();
  private static final String PRINTED =
      "[Squared[of=1, value=1], Squared[of=2, value=4], Squared[of=3, value=9]][1 is one]";

  @TempDir Path directory;

  @Test
  void directoriesAndJarsOnTheClassPath() throws Exception {
    assertWorks(Program.java(directory, List.of("-cp", classPath(), APP)));
  }

  @Test
  void relativeEntries() throws Exception {
    copyTree(testClasses(), directory.resolve("classes"));
    String path = "classes" + File.pathSeparator + Program.joined(libraries());
    assertWorks(Program.java(directory, List.of("-cp", path, APP)));
  }

  @Test
  void wildcard() throws Exception {
    copyJars(directory.resolve("lib"));
    writeJar(directory.resolve("lib/app.jar"), testClasses(), new Manifest());
    assertWorks(Program.java(directory, List.of("-cp", "lib/*", APP)));
  }

  @Test
  void argumentFile() throws Exception {
    Path file = directory.resolve("java.args");
    Files.writeString(file, "-cp\n\"" + classPath().replace("\\", "\\\\") + "\"\n" + APP + "\n");
    assertWorks(Program.java(directory, List.of("@" + file)));
  }

  @Test
  void jarThatHoldsNothingButAClassPath() throws Exception {
    String urls =
        Program.classPath().stream()
            .map(entry -> entry.toUri().toString())
            .collect(Collectors.joining(" "));
    Path jar = writeJar(directory.resolve("path ing.jar"), null, manifest(urls));
    assertWorks(Program.java(directory, List.of("-cp", jar.toString(), APP)));
  }

  @Test
  void executableJarWithLibrariesBesideIt() throws Exception {
    String names = String.join(" ", copyJars(directory.resolve("lib")));
    Manifest manifest = manifest(names);
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, APP);
    writeJar(directory.resolve("app.jar"), testClasses(), manifest);
    assertWorks(Program.java(directory, List.of("-jar", "app.jar")));
  }

  @Test
  void everythingInOneJarThatSpeaksOfItselfAlone() throws Exception {
    Manifest manifest = manifest("");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, APP);
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.0");
    List<Path> entries = new ArrayList<>(libraries());
    entries.add(testClasses());
    writeAllInOneJar(directory.resolve("all.jar"), entries, manifest);
    assertWorks(Program.java(directory, List.of("-jar", "all.jar")));
  }

  @Test
  void classLoaderOfAnotherProgram() throws Exception {
    Path host = directory.resolve("host");
    Path hostClass = host.resolve("io/processpool/launch/HostingApp.class");
    Files.createDirectories(hostClass.getParent());
    Files.copy(testClasses().resolve("io/processpool/launch/HostingApp.class"), hostClass);
    List<String> args = new ArrayList<>(List.of("-cp", "host", HostingApp.class.getName()));
    Program.classPath().forEach(entry -> args.add(entry.toString()));
    assertWorks(Program.java(directory, args));
  }

  @Test
  void libraryOnTheModulePath() throws Exception {
    assertWorks(
        Program.java(
            directory,
            List.of(
                "--module-path",
                Program.joined(libraries()),
                "--add-modules",
                "io.processpool.core",
                "-cp",
                testClasses().toString(),
                APP)));
  }

  private static void assertWorks(Program run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualToIgnoringNewLines(PRINTED);
    assertThat(run.exitStatus()).isZero();
  }

  /** The entry that holds the classes of these tests. */
  private static Path testClasses() {
    return Program.classPath().stream()
        .filter(entry -> Files.exists(entry.resolve("io/processpool/launch/LaunchedApp.class")))
        .findFirst()
        .orElseThrow();
  }

  private static String classPath() {
    return Program.joined(Program.classPath());
  }

  /** What a user of this library has on the class path, and nothing for tests. */
  private static List<Path> libraries() {
    return Program.classPath().stream()
        .filter(
            entry ->
                Stream.of("pool-api", "pool-worker", "pool-core", "kryo5", "slf4j-api")
                    .anyMatch(name -> entry.toString().contains(name)))
        .filter(entry -> !entry.equals(testClasses()))
        .toList();
  }

  private static List<String> copyJars(Path lib) throws IOException {
    Files.createDirectories(lib);
    List<String> names = new ArrayList<>();
    for (Path entry : libraries()) {
      String name = "library-" + names.size() + ".jar";
      if (Files.isDirectory(entry)) {
        writeJar(lib.resolve(name), entry, new Manifest());
      } else {
        Files.copy(entry, lib.resolve(name));
      }
      names.add("lib/" + name);
    }
    return names;
  }

  private static Manifest manifest(String classPath) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    return manifest;
  }

  private static Path writeJar(Path jar, Path classes, Manifest manifest) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      if (classes != null) {
        for (Path each : files(classes)) {
          String name = classes.relativize(each).toString().replace(File.separatorChar, '/');
          if (!name.equals("META-INF/MANIFEST.MF")) {
            out.putNextEntry(new ZipEntry(name));
            Files.copy(each, out);
          }
        }
      }
    }
    return jar;
  }

  private static void writeAllInOneJar(Path jar, List<Path> entries, Manifest manifest)
      throws IOException {
    Set<String> names = new HashSet<>(Set.of("META-INF/MANIFEST.MF", "module-info.class"));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry)) {
          addAll(out, entry, names);
        } else {
          try (FileSystem zip = FileSystems.newFileSystem(entry)) {
            addAll(out, zip.getPath("/"), names);
          }
        }
      }
    }
  }

  private static void addAll(JarOutputStream out, Path root, Set<String> names) throws IOException {
    for (Path each : files(root)) {
      String name = root.relativize(each).toString().replace(File.separatorChar, '/');
      if (names.add(name)) {
        out.putNextEntry(new ZipEntry(name));
        Files.copy(each, out);
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    for (Path each : files(from)) {
      Path target = to.resolve(from.relativize(each).toString());
      Files.createDirectories(target.getParent());
      Files.copy(each, target);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
