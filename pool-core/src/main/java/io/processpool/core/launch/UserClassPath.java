package io.processpool.core.launch;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where this application's classes are, as a worker's class loader wants to know it.
 *
 * <p>The launcher has expanded wildcards and argument files before {@code java.class.path} is set.
 * A jar that holds nothing but a {@code Class-Path} is passed on as it is: the worker's loader
 * reads the manifest as this JVM's did. What runs inside another program, such as a build tool, has
 * its classes in class loaders of its own, innermost last, as delegation would find them; what this
 * JVM was started with comes where its own loader is in that chain, or else at the end.
 */
final class UserClassPath {

  private UserClassPath() {}

  static List<URI> of(@Nullable List<Path> chosen) {
    if (chosen != null) {
      return chosen.stream().map(UserClassPath::uri).toList();
    }
    Set<URI> entries = new LinkedHashSet<>();
    addLoaders(Thread.currentThread().getContextClassLoader(), entries);
    addOwn(entries);
    return List.copyOf(entries);
  }

  private static void addOwn(Set<URI> entries) {
    addPath(System.getProperty("java.class.path", ""), entries);
    addModules(System.getProperty("jdk.module.path", ""), entries);
  }

  private static void addLoaders(@Nullable ClassLoader loader, Set<URI> entries) {
    if (loader == null) {
      return;
    }
    if (loader == ClassLoader.getSystemClassLoader()) {
      addOwn(entries);
      return;
    }
    addLoaders(loader.getParent(), entries);
    if (loader instanceof URLClassLoader urls) {
      for (URL url : urls.getURLs()) {
        try {
          entries.add(url.toURI());
        } catch (URISyntaxException e) {
          throw new IllegalStateException("A class loader has an unusable entry: " + url, e);
        }
      }
    }
  }

  private static void addPath(String path, Collection<URI> entries) {
    for (String entry : path.split(File.pathSeparator, -1)) {
      Path file = Path.of(entry);
      if (!path.isEmpty() && Files.exists(file)) {
        entries.add(uri(file));
      }
    }
  }

  private static void addModules(String path, Collection<URI> entries) {
    List<Path> jars = new ArrayList<>();
    for (String entry : path.split(File.pathSeparator, -1)) {
      if (entry.isEmpty()) {
        continue;
      }
      Path place = Path.of(entry);
      if (Files.isDirectory(place) && !Files.exists(place.resolve("module-info.class"))) {
        addJars(place, jars);
      } else if (Files.exists(place)) {
        jars.add(place);
      }
    }
    for (Path jar : jars) {
      entries.add(uri(jar));
    }
  }

  private static void addJars(Path directory, List<Path> jars) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
      for (Path entry : found) {
        if (entry.toString().endsWith(".jar") || Files.isDirectory(entry)) {
          jars.add(entry);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("The module path cannot be read: " + directory, e);
    }
  }

  /** Absolute, for a worker may start elsewhere; that of a directory ends with a slash. */
  private static URI uri(Path entry) {
    return entry.toAbsolutePath().normalize().toUri();
  }
}
