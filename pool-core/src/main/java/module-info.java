/** The implementation of Process Pool. */
module io.processpool.core {
  requires com.esotericsoftware.kryo.kryo5;
  requires io.processpool.worker;
  requires org.slf4j;
  requires static ch.qos.logback.classic; // if it happens to be there
  requires static ch.qos.logback.core;
  requires static org.jspecify;
  requires transitive io.processpool.api;

  provides io.processpool.spi.PoolProvider with
      io.processpool.core.ProcessPoolProvider;

  uses org.slf4j.spi.SLF4JServiceProvider;
}
