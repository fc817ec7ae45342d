package io.processpool.core.inline;

import io.processpool.core.log.DiagnosticContext;
import io.processpool.core.log.TaskKeys;
import io.processpool.spi.TaskId;
import io.processpool.wire.Assignment;
import io.processpool.worker.ItemDiagnostics;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Gives tasks the diagnostic context that the events of worker processes arrive with. */
record InlineDiagnostics(int worker) implements ItemDiagnostics {

  @Override
  public void begin(Assignment assignment, int position) {
    set(assignment.diagnostics(), assignment.first().plus(position));
  }

  @Override
  public void end() {
    set(Map.of(), null);
  }

  private void set(Map<String, String> context, @Nullable TaskId task) {
    if (DiagnosticContext.exists()) {
      MDC.setContextMap(TaskKeys.added(context, worker, task == null ? null : task.toString()));
    }
  }
}
