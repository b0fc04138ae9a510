package org.lethe.stores.http;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lethe.store.ExportSink;
import org.lethe.stores.web.Reply;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON of services: checked, and read record by record. */
final class Json {

  private Json() {}

  static JsonNode of(byte[] bytes, Reply reply) {
    try {
      JsonNode node = JsonMapper.shared().readTree(bytes);
      if (node.isObject() || node.isArray() || node.isNull()) {
        return node;
      }
    } catch (JacksonException e) {
      // Said below: the message of the cause quotes the body.
    }
    throw reply.nonsense("is no JSON that makes sense");
  }

  /** Whether there is anything in a body: not nothing, null, an empty list or an empty object. */
  static boolean hasData(Reply reply, JsonPointer at) {
    if (!isJson(reply)) {
      return reply.read(body -> body.read() >= 0);
    }
    byte[] bytes = reply.bytes();
    if (bytes.length == 0) {
      return false;
    }
    JsonNode data = of(bytes, reply).at(at);
    return !data.isMissingNode() && !data.isNull() && !(data.isContainer() && data.isEmpty());
  }

  static boolean isJson(Reply reply) {
    String type = reply.header().apply("Content-Type").orElse("application/json");
    return type.matches("(?i)(application|text)/([^;]*\\+)?json.*");
  }

  /** Hands out a body: a record for an object, one for each object of a list. */
  static void export(Reply reply, JsonPointer at, String place, ExportSink to) {
    try {
      reply.read(
          body -> {
            export(body, reply, at, place, to);
            return true;
          });
    } catch (JacksonIOException e) {
      throw reply.broken(e);
    } catch (JacksonException e) {
      throw reply.nonsense("is no JSON");
    }
  }

  private static void export(
      InputStream body, Reply reply, JsonPointer at, String place, ExportSink to) {
    try (JsonParser parser = JsonMapper.shared().createParser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY || !at.matches()) {
        JsonNode all = parser.currentToken() == null ? null : parser.readValueAsTree();
        if (all != null) {
          all(all.at(at), reply, place, to);
        }
        return;
      }
      // A list may be long: one after the other.
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        JsonNode one = parser.readValueAsTree();
        record(one, place, to);
      }
    }
  }

  private static void all(JsonNode data, Reply reply, String place, ExportSink to) {
    if (data.isArray()) {
      data.forEach(one -> record(one, place, to));
    } else if (data.isObject()) {
      record(data, place, to);
    } else if (!data.isNull() && !data.isMissingNode()) {
      throw reply.nonsense("is no object and no list");
    }
  }

  private static void record(JsonNode one, String place, ExportSink to) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (one.isObject()) {
      one.properties().forEach(p -> values.put(p.getKey(), value(p.getValue())));
    } else {
      values.put("value", value(one));
    }
    to.record(place, values);
  }

  private static Object value(JsonNode node) {
    return JsonMapper.shared().convertValue(node, Object.class);
  }
}
