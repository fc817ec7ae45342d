package io.processpool.core.report;

import io.processpool.TaskMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * What the script of a page draws from: times in nanoseconds since the pool was made, -1 for what
 * is not known, and tasks column by column, of which one that is the same for all is a single
 * number.
 *
 * @param timetable which worker had which task when
 */
record PageData(Timetable timetable) {

  void writeTo(JsonWriter json) throws IOException {
    Ordinals labels = new Ordinals();
    Ordinals maps = new Ordinals();
    Ordinals statuses = new Ordinals();
    json.beginObject().name("now").value(timetable.now());
    json.name("workers").beginArray();
    for (WorkerRow row : timetable.rows()) {
      write(row, json);
    }
    json.endArray();
    json.name("tasks").beginObject();
    column("label", span -> labels.of(span.task().label()), json);
    column("map", span -> maps.of(Kind.of(span.task()).map().orElse("")), json);
    texts("id", json);
    column("start", Span::start, json);
    column("length", Span::length, json);
    column("status", span -> statuses.of(Tables.status(span.task())), json);
    column("attempt", span -> span.task().attempt(), json);
    column("queued", span -> nanos(span.task().queued()), json);
    column("reading", span -> nanos(span.task().reading()), json);
    column("running", span -> nanos(span.task().running()), json);
    column("writing", span -> nanos(span.task().writing()), json);
    column("cpu", span -> nanos(span.task().cpuTime()), json);
    column("gc", span -> nanos(span.task().gcTime()), json);
    column("allocated", span -> bytes(span.task().allocatedBytes()), json);
    column("argument", span -> bytes(span.task().argumentBytes()), json);
    column("result", span -> bytes(span.task().resultBytes()), json);
    json.endObject();
    array("labels", labels, json);
    array("maps", maps, json);
    array("statuses", statuses, json);
    json.endObject();
  }

  private static void write(WorkerRow row, JsonWriter json) throws IOException {
    json.line().beginObject();
    json.name("id").value(row.worker().id()).name("pid").value(bytes(row.worker().pid()));
    json.name("start").value(row.start()).name("ready").value(row.ready().orElse(-1L));
    json.name("end").value(row.end()).name("state").value(Tables.state(row.worker()));
    json.name("ended").value(row.worker().ended().isPresent() ? 1 : 0);
    json.name("lost").value(row.worker().whyEnded().isPresent() ? 1 : 0);
    json.name("tasks").value(row.spans().size()).endObject();
  }

  private void column(String name, ToLongFunction<Span> figure, JsonWriter json)
      throws IOException {
    json.name(name);
    List<WorkerRow> rows = timetable.rows();
    long[] values = rows.stream().flatMap(row -> row.spans().stream()).mapToLong(figure).toArray();
    long first = values.length == 0 ? -1 : values[0];
    boolean same = true;
    for (long value : values) {
      same &= value == first;
    }
    if (same) {
      json.value(first);
      return;
    }
    json.beginArray();
    for (long value : values) {
      json.value(value);
    }
    json.endArray();
  }

  /** The ids, of items without what they have in common with their map. */
  private void texts(String name, JsonWriter json) throws IOException {
    json.name(name).beginArray();
    for (WorkerRow row : timetable.rows()) {
      for (Span span : row.spans()) {
        json.value(ownId(span.task()));
      }
    }
    json.endArray();
  }

  private static String ownId(TaskMetadata task) {
    return Kind.of(task).map().map(map -> task.id().substring(map.length())).orElse(task.id());
  }

  private static void array(String name, Ordinals texts, JsonWriter json) throws IOException {
    json.name(name).beginArray();
    for (String text : texts.texts()) {
      json.value(text);
    }
    json.endArray();
  }

  private static long nanos(Optional<Duration> time) {
    return time.map(Duration::toNanos).orElse(-1L);
  }

  private static long bytes(OptionalLong bytes) {
    return bytes.orElse(-1);
  }
}
