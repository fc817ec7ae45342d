package io.processpool.wire;

import io.processpool.RemoteTaskException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes exceptions that say what an outline says. */
final class RemoteFailures {
  private final List<FailureOutline.Node> nodes;
  private final @Nullable RemoteTaskException[] made;

  private RemoteFailures(List<FailureOutline.Node> nodes) {
    this.nodes = nodes;
    this.made = new RemoteTaskException[nodes.size()];
  }

  static RemoteTaskException of(FailureOutline outline) {
    return new RemoteFailures(outline.nodes()).makeAll();
  }

  private RemoteTaskException makeAll() {
    RemoteTaskException outermost = chain(0);
    for (int i = 1; i < made.length; i++) {
      chain(i);
    }
    for (int i = 0; i < made.length; i++) {
      for (int suppressed : nodes.get(i).suppressed()) {
        suppress(made[i], suppressed);
      }
    }
    return outermost;
  }

  /** A cause must be there before what it causes; a cycle of causes is cut where it closes. */
  private RemoteTaskException chain(int first) {
    RemoteTaskException known = made[first];
    if (known != null) {
      return known;
    }
    Set<Integer> onTheWay = new HashSet<>();
    Deque<Integer> toMake = new ArrayDeque<>();
    int at = first;
    while (at != FailureOutline.NO_CAUSE && made[at] == null && onTheWay.add(at)) {
      toMake.push(at);
      at = nodes.get(at).cause();
    }
    RemoteTaskException latest = at == FailureOutline.NO_CAUSE ? null : made[at];
    for (int number : toMake) {
      latest = make(nodes.get(number), latest);
      made[number] = latest;
    }
    return latest == null ? make(nodes.get(first), null) : latest;
  }

  private static RemoteTaskException make(
      FailureOutline.Node node, @Nullable RemoteTaskException cause) {
    RemoteTaskException exception =
        new RemoteTaskException(node.className(), node.message(), cause);
    exception.setStackTrace(node.frames());
    return exception;
  }

  private void suppress(@Nullable RemoteTaskException by, int number) {
    RemoteTaskException suppressed = number == FailureOutline.NO_CAUSE ? null : made[number];
    if (by != null && suppressed != null && suppressed != by) {
      by.addSuppressed(suppressed);
    }
  }
}
