package io.processpool.core.report;

import java.io.IOException;

/** Writes the events of a trace, each on a line of its own. Not safe for use by several threads. */
final class TraceEvents {
  /** The process that all belongs to. */
  private static final int POOL = 1;

  /** What more an event tells. */
  interface Args {
    void writeTo(JsonWriter json) throws IOException;
  }

  private final JsonWriter json;

  TraceEvents(JsonWriter json) {
    this.json = json;
  }

  /** Something that took time. */
  void complete(int thread, String name, String category, long start, long end, Args args)
      throws IOException {
    begin("X", name, thread);
    json.name("cat").value(category).name("ts").micros(start).name("dur").micros(end - start);
    end(args);
  }

  /** Something that took none. */
  void instant(int thread, String name, String category, long time, Args args) throws IOException {
    begin("i", name, thread);
    json.name("cat").value(category).name("ts").micros(time).name("s").value("t");
    end(args);
  }

  /** A figure from now on. */
  void counter(String name, String series, long time, long value) throws IOException {
    begin("C", name, 0);
    json.name("ts").micros(time);
    end(args -> args.name(series).value(value));
  }

  /** What a process or thread is called, or where it stands. */
  void metadata(int thread, String name, Args args) throws IOException {
    begin("M", name, thread);
    end(args);
  }

  private void begin(String phase, String name, int thread) throws IOException {
    json.line().beginObject();
    json.name("ph").value(phase).name("name").value(name);
    json.name("pid").value(POOL).name("tid").value(thread);
  }

  private void end(Args args) throws IOException {
    json.name("args").beginObject();
    args.writeTo(json);
    json.endObject().endObject();
  }
}
