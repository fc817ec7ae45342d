package io.processpool.core.report;

import io.processpool.TaskMetadata;
import io.processpool.WorkerStats;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The timeline in the trace event format of Chrome, which Perfetto reads as well: a thread for each
 * worker, with its start-up and its tasks, and a counter of the busy workers.
 *
 * @param timetable which worker had which task when
 */
record Trace(Timetable timetable) {

  void writeTo(Writer out) throws IOException {
    JsonWriter json = new JsonWriter(out);
    TraceEvents events = new TraceEvents(json);
    json.beginObject().name("displayTimeUnit").value("ms").name("traceEvents").beginArray();
    events.metadata(0, "process_name", args -> args.name("name").value("pool"));
    for (WorkerRow row : timetable.rows()) {
      write(row, events);
    }
    for (Load.Change change : Load.of(timetable.rows(), Slice.TINY).changes()) {
      events.counter("busy workers", "busy", change.time(), change.busy());
    }
    json.endArray().endObject();
    out.write('\n');
  }

  private static void write(WorkerRow row, TraceEvents events) throws IOException {
    WorkerStats worker = row.worker();
    int thread = worker.id();
    events.metadata(thread, "thread_name", args -> args.name("name").value(name(worker)));
    events.metadata(thread, "thread_sort_index", args -> args.name("sort_index").value(thread));
    long started = row.ready().orElse(row.end());
    events.complete(thread, "start-up", "worker", row.start(), started, args -> {});
    for (Slice slice : Slice.of(row.spans())) {
      write(thread, slice, events);
    }
    if (worker.ended().isPresent()) {
      String how = worker.whyEnded().map(why -> "lost: " + why).orElse("ended");
      events.instant(thread, how, "worker", row.end(), args -> {});
    }
  }

  static String name(WorkerStats worker) {
    OptionalLong pid = worker.pid();
    return "worker " + worker.id() + (pid.isPresent() ? " (pid " + pid.getAsLong() + ")" : "");
  }

  private static void write(int thread, Slice slice, TraceEvents events) throws IOException {
    TaskMetadata task = slice.first();
    int tasks = slice.spans().size();
    if (tasks > 1) {
      String name = task.label() + " ×" + tasks;
      events.complete(
          thread, name, Tables.status(task), slice.start(), slice.end(), args -> many(slice, args));
      return;
    }
    Span span = slice.spans().get(0);
    events.complete(
        thread,
        task.label(),
        Tables.status(task),
        span.start(),
        span.end(),
        args -> one(task, args));
    writeParts(thread, span, events);
  }

  private static void writeParts(int thread, Span span, TraceEvents events) throws IOException {
    long reading = nanos(span.task().reading());
    long writing = nanos(span.task().writing());
    if (reading + writing == 0) {
      return;
    }
    long read = Math.min(span.end(), span.start() + reading);
    long ran = Math.max(read, span.end() - writing);
    part(thread, "reading", span.start(), read, events);
    part(thread, "running", read, ran, events);
    part(thread, "writing", ran, span.end(), events);
  }

  private static void part(int thread, String name, long start, long end, TraceEvents events)
      throws IOException {
    if (end > start) {
      events.complete(thread, name, "part", start, end, args -> {});
    }
  }

  private static void many(Slice slice, JsonWriter args) throws IOException {
    args.name("tasks").value(slice.spans().size());
    args.name("first").value(slice.first().id()).name("last").value(slice.last().id());
    args.name("busy_us").micros(slice.busy());
  }

  private static void one(TaskMetadata task, JsonWriter args) throws IOException {
    args.name("id").value(task.id()).name("attempt").value(task.attempt());
    args.name("status").value(Tables.status(task));
    bytes("argument_bytes", task.argumentBytes(), args);
    bytes("result_bytes", task.resultBytes(), args);
    bytes("allocated_bytes", task.allocatedBytes(), args);
    time("serialising_us", Optional.of(task.serialising()), args);
    time("queued_us", task.queued(), args);
    time("running_us", task.running(), args);
    time("deserialising_us", task.deserialising(), args);
    time("cpu_us", task.cpuTime(), args);
    time("gc_us", task.gcTime(), args);
  }

  private static void bytes(String name, OptionalLong bytes, JsonWriter args) throws IOException {
    if (bytes.isPresent()) {
      args.name(name).value(bytes.getAsLong());
    }
  }

  private static void time(String name, Optional<Duration> time, JsonWriter args)
      throws IOException {
    if (time.isPresent()) {
      args.name(name).micros(nanos(time));
    }
  }

  private static long nanos(Optional<Duration> time) {
    return time.map(Duration::toNanos).orElse(0L);
  }
}
