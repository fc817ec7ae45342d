package io.processpool.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.kryo5.Kryo;
import java.io.EOFException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects as messages. */
@Timeout(60)
class ObjectMessageTest {
  private static final byte[] KEY = {1, 2, 3};

  record Money(long cents) {}

  private static Ends connect(ConnectionOptions options) throws Exception {
    try (Listener listener = Listener.open(options)) {
      Connection client = Client.connect(listener.address(), options);
      return new Ends(client, listener.accept(Duration.ofSeconds(30)));
    }
  }

  @Test
  void objectsArriveAsTheyWere() throws Exception {
    try (Ends ends = connect(ConnectionOptions.authKey(KEY))) {
      Map<String, Object> object =
          Map.of("money", new Money(5), "days", List.of(LocalDate.of(2020, 2, 29)));
      for (Connection[] way :
          new Connection[][] {{ends.first(), ends.second()}, {ends.second(), ends.first()}}) {
        way[0].send(object);
        way[0].send(null);
        assertThat(way[1].recv()).isEqualTo(object);
        assertThat(way[1].recv()).isNull();
      }
      ends.first().close();
      assertThatThrownBy(ends.second()::recv).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void whatCannotTravelIsNotSent() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      assertThatThrownBy(() -> pipe.first().send(List.of(new Thread())))
          .isInstanceOf(NotSerializableException.class)
          .hasMessageContaining("java.lang.Thread");
      pipe.first().send("next");
      assertThat(pipe.second().recv()).isEqualTo("next");
    }
  }

  @Test
  void whatIsNoObjectDoesNotSpoilTheNext() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      pipe.first().sendBytes(new byte[] {99, 98, 97});
      pipe.first().sendBytes(new byte[0]);
      pipe.first().send("next");
      assertThatThrownBy(pipe.second()::recv).isInstanceOf(InvalidObjectException.class);
      assertThatThrownBy(pipe.second()::recv).isInstanceOf(InvalidObjectException.class);
      assertThat(pipe.second().recv()).isEqualTo("next");
    }
  }

  @Test
  void theFilterSaysWhatIsRead() throws Exception {
    ConnectionOptions options =
        ConnectionOptions.authKey(KEY).withClassFilter("java.base/java.util.*;!*");
    try (Ends ends = connect(options)) {
      ends.first().send(new Money(1));
      ends.first().send(new ArrayList<>(List.of("text")));
      assertThatThrownBy(ends.second()::recv)
          .isInstanceOf(InvalidObjectException.class)
          .hasMessageContaining(Money.class.getName());
      assertThat(ends.second().recv()).isEqualTo(List.of("text"));
    }
  }

  @Test
  void strangersObjectsAreNotReadUnlessThereIsAFilter() throws Exception {
    for (ConnectionOptions options :
        List.of(ConnectionOptions.defaults(), ConnectionOptions.authKey(new byte[0]))) {
      try (Ends ends = connect(options)) {
        ends.first().send("text");
        assertThatThrownBy(ends.second()::recv)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("set authKey or classFilter");
        assertThat(ends.second().recvBytes()).isNotEmpty();
      }
    }
    try (Ends ends = connect(ConnectionOptions.defaults().withClassFilter("!*"))) {
      ends.first().send("text");
      assertThat(ends.second().recv()).isEqualTo("text");
    }
  }

  @Test
  void theSerialiserCanBeAddedTo() throws Exception {
    List<Kryo> made = new ArrayList<>();
    ConnectionOptions options =
        ConnectionOptions.authKey(KEY)
            .withSerialization(
                Kryo.class,
                kryo -> {
                  kryo.register(Money.class);
                  made.add(kryo);
                });
    try (Ends ends = connect(options)) {
      ends.first().send(new Money(7));
      assertThat(ends.second().recv()).isEqualTo(new Money(7));
      assertThat(made).isNotEmpty();
    }
  }
}
