package io.processpool.wire.kryo;

import org.jspecify.annotations.Nullable;

/** Finds classes whose fields the module system keeps from us. */
final class ClosedModules {
  private ClosedModules() {}

  /** Why the fields of a class cannot be read, or {@code null} if they can. */
  static @Nullable String reason(Class<?> type) {
    Module ours = ClosedModules.class.getModule();
    for (Class<?> c = type; c != null && !Platform.contains(c); c = c.getSuperclass()) {
      Module theirs = c.getModule();
      if (!theirs.isOpen(c.getPackageName(), ours)) {
        return "cannot be read, because module "
            + theirs.getName()
            + " does not open package "
            + c.getPackageName();
      }
    }
    return null;
  }
}
