package io.processpool.launch;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Runs another application in a class loader of its own, as build tools do. */
public final class HostingApp {

  private HostingApp() {}

  public static void main(String[] entries) throws Exception {
    URL[] urls = new URL[entries.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(entries[i]).toUri().toURL();
    }
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      loader
          .loadClass("io.processpool.launch.LaunchedApp")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
  }
}
