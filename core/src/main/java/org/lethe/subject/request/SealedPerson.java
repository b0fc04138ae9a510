package org.lethe.subject.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lethe.store.Subject;
import org.lethe.subject.Key;
import org.lethe.subject.Person;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who a request is about, as it is kept: sealed, and thrown away when all is done.
 *
 * @param key of their row
 */
record SealedPerson(List<String> key, Subject subject) {

  private static final JsonMapper JSON = JsonMapper.shared();

  static SealedPerson of(Person person) {
    return new SealedPerson(person.key(), person.subject());
  }

  byte[] seal(Key with) {
    return with.seal(
        JSON.writeValueAsString(
            Map.of("type", subject.type(), "key", key, "identifiers", subject.identifiers())));
  }

  static SealedPerson open(Key with, byte[] sealed) {
    JsonNode json = JSON.readTree(with.open(sealed));
    Map<String, List<String>> identifiers = new LinkedHashMap<>();
    json.path("identifiers")
        .properties()
        .forEach(e -> identifiers.put(e.getKey(), texts(e.getValue())));
    return new SealedPerson(
        texts(json.path("key")), new Subject(json.path("type").asString(), identifiers));
  }

  /** A hash that tells requests of one person. */
  String hash(Key with) {
    return hash(with, subject.type(), key);
  }

  static String hash(Key with, String type, List<String> key) {
    return with.hash("subject", type + "\0" + String.join("\0", key));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(n -> texts.add(n.asString()));
    return texts;
  }
}
