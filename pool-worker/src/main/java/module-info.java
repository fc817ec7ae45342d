/** The worker process of Process Pool, and its wire protocol. */
@SuppressWarnings("module") // io.processpool.connection and .core are compiled after this module
module io.processpool.worker {
  requires com.esotericsoftware.kryo.kryo5;
  requires java.management;
  requires jdk.management; // tells what a thread uses
  requires jdk.unsupported; // creates objects without a constructor of their own
  requires static ch.qos.logback.classic; // in the worker process alone
  requires static ch.qos.logback.core;
  requires static org.jspecify;
  requires org.slf4j;
  requires transitive io.processpool.api;

  exports io.processpool.wire to
      io.processpool.connection,
      io.processpool.core;
  exports io.processpool.worker to
      io.processpool.core;
}
