package org.lethe.stores.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads streams in steps. */
final class Streams {

  private Streams() {}

  interface Step {
    void of(List<StreamMessage<byte[], byte[]>> messages);
  }

  static void each(RedisCommands<byte[], byte[]> redis, byte[] key, int size, Step step) {
    Range<String> range = Range.unbounded();
    while (true) {
      List<StreamMessage<byte[], byte[]>> messages = redis.xrange(key, range, Limit.from(size));
      if (messages.isEmpty()) {
        return;
      }
      step.of(messages);
      String last = messages.get(messages.size() - 1).getId();
      range = Range.from(Range.Boundary.excluding(last), Range.Boundary.unbounded());
    }
  }

  static Map<String, Object> shown(StreamMessage<byte[], byte[]> message) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", message.getId());
    shown.put("fields", Bytes.shown(message.getBody()));
    return shown;
  }
}
